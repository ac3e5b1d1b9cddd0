"""The verb of copies: keep the newest state of an interview that is not finished."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.ids import read_uuid
from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.rules.deriving import HOUSEHOLDS
from gwa.questionnaires.xform.faults import Fault
from gwa.questionnaires.xform.instance import Received, read_instance
from gwa.submissions import errors
from gwa.submissions.actions.receiving import open_interview, version_of, zone_of
from gwa.submissions.models import Device, DraftCopy, ErasedInterview, Submission


@action
def keep_draft(
    *,
    xml: bytes,
    instance_id: str,
    made_at: str,
    user: User,
    actor: Actor,
    device: Device | None = None,
) -> DraftCopy:
    """Keep a copy of an interview that is not finished, in the place of the one before.

    Nothing is kept where the interview itself has come, or a newer copy.
    """
    received = open_interview(xml)
    if received.instance_id != instance_id:
        raise errors.EnvelopeUnreadable
    if ErasedInterview.objects.filter(pk=ErasedInterview.digest_of(instance_id)).exists():
        raise errors.InterviewErased
    version = version_of(received)
    written_at = read_moment(made_at)
    with everywhere():
        mine = DraftCopy.objects.select_for_update().filter(user=user, instance_id=instance_id)
        known: DraftCopy | None = mine.first()
        is_late = Submission.objects.filter(instance_id=instance_id).exists() or (
            known is not None and known.made_at > written_at
        )
        draft = known or DraftCopy(user=user, instance_id=instance_id)
        if not is_late:
            draft.device, draft.form_version, draft.zone_path = device, version, zone_of(user)
            draft.household_id = _household_of(received, version)
            draft.made_at, draft.received_at = written_at, timezone.now()
            draft.set_xml(xml)
            draft.save()
    record(
        "submissions.draft_kept",
        subject=draft,
        actor=actor,
        zone_path=zone_of(user),
        data={"late": is_late},
    )
    return draft


def read_moment(text: str) -> dt.datetime:
    """Read an instant as a telephone writes it. Raises where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise errors.EnvelopeUnreadable from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _household_of(received: Received, version: FormVersion) -> UUID | None:
    """Return the household that the interview is about, where it says so already."""
    instance = read_instance(received, form_of(version))
    if isinstance(instance, Fault):
        return None
    homes = (one for one in instance.entities() if one.dataset == HOUSEHOLDS)
    return next((key for one in homes if (key := read_uuid(one.id))), None)
