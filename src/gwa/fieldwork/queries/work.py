"""The work of one person, as their telephone asks for it.

Read everywhere: what a person sent, and what they were given, is theirs wherever it lies.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.common.people import names_by_login
from gwa.common.scope import EVERYWHERE, everywhere
from gwa.fieldwork.models import Assignment, SentBack
from gwa.fieldwork.queries.access import read_states
from gwa.fieldwork.queries.former import find_former, given_with
from gwa.fieldwork.rules import Access, access_of
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import versions_for
from gwa.registry.rules.numbers import show_number
from gwa.submissions.made_lists import ENTITIES, find_list, lists_of
from gwa.submissions.models import Submission
from gwa.submissions.rules.audit import NAME as AUDIT
from gwa.zones.models import Zone

BASE = "/phone/v1/"
# A telephone asks within a campaign what became of its interviews; beyond, it has forgotten them.
_TOLD_FOR = dt.timedelta(days=120)
_MOST_TOLD = 1_000
Status = Submission.Status
_FATES: Mapping[str, str] = {
    Status.RECEIVED: "received",
    Status.ACCEPTED: "accepted",
    Status.WARNED: "accepted",
    Status.NOBODY: "accepted",
    Status.WAITING: "waiting",
    Status.REFUSED: "refused",
    Status.QUARANTINED: "apart",
    Status.REPLACED: "replaced",
}
_ENTERED = (Status.ACCEPTED, Status.WARNED)


def read_work(user: User) -> dict[str, Any]:
    """Return what the telephone keeps of the work: forms with their files, and what is to do."""
    with everywhere():
        assignments = list(open_assignments(user))
    versions = versions_for(user, on=timezone.localdate())
    forms = [_tell_form(one, user, assignments) for one in versions]
    with everywhere():
        return {
            "forms": forms,
            "assignments": [_tell_assignment(one) for one in assignments],
            "returns": [
                _tell_return(one) for one in open_returns().filter(submission__sent_by=user)
            ],
            "interviews": list(_tell_interviews(user)),
            "zones": _tell_zones(user, [one.zone for one in assignments]),
        }


def open_assignments(user: User) -> QuerySet[Assignment]:
    """Return what a person is to do."""
    return Assignment.objects.open().filter(user=user).select_related("zone", "form")


def open_returns() -> QuerySet[SentBack]:
    """Return what was sent back and has no correction yet."""
    later = Submission.objects.filter(
        interview_id=OuterRef("submission__interview_id"),
        revision__gt=OuterRef("submission__revision"),
    )
    rows = SentBack.objects.filter(~Exists(later))
    return rows.select_related("submission__form_version__form", "submission__household")


def count_done(assignment: Assignment) -> int:
    """Return how many households of an assignment entered the registry since it was given."""
    entered = Submission.objects.under_path(assignment.zone_path).filter(
        sent_by=assignment.user_id,
        form_version__form=assignment.form_id,
        status__in=_ENTERED,
        received_at__gte=assignment.made_at,
    )
    if assignment.households:
        entered = entered.filter(household__in=assignment.households)
    return int(entered.order_by().values("household").distinct().count())


def _tell_form(version: FormVersion, user: User, assignments: list[Assignment]) -> dict[str, Any]:
    base = f"{BASE}forms/{version.pk}/"
    files = [
        {"name": media.name, "md5": media.md5, "holds_people": False}
        for media in version.media.defer("content")
    ]
    files += [
        {
            "name": name,
            "md5": find_list(user, version, name).md5,
            "holds_people": name in ENTITIES,
        }
        for name in lists_of(version)
    ]
    return {
        "code": version.form.code,
        "title": version.form.title or version.form.code,
        "version": version.version,
        "md5": version.xform_md5,
        "url": f"{base}form.xml",
        "files": [{**one, "url": f"{base}media/{one['name']}"} for one in files],
        "former": [
            {
                "zone": code,
                "md5": find_former(user, version, given).md5,
                "url": f"{base}former/{code}",
            }
            for code, given in given_with(version, assignments).items()
        ],
    }


def _tell_assignment(assignment: Assignment) -> dict[str, Any]:
    return {
        "id": str(assignment.pk),
        "form": assignment.form.code,
        "zone": {"code": assignment.zone.code, "name": assignment.zone.name},
        "households": [str(key) for key in assignment.households],
        "target": assignment.target,
        "done": count_done(assignment),
        "due_on": assignment.due_on.isoformat() if assignment.due_on else None,
        "note": assignment.note,
    }


def _tell_return(sent: SentBack) -> dict[str, Any]:
    submission, version = sent.submission, sent.submission.form_version
    household = submission.household
    return {
        "id": str(sent.pk),
        "instance_id": submission.instance_id,
        "form": version.form.code,
        "version": version.version,
        "household": show_number(household.registry_number) if household else "",
        "reason": sent.reason,
        "comments": sent.comments,
        "by": names_by_login([sent.by]).get(sent.by, sent.by),
        "at": sent.at.isoformat(),
        "xml_url": f"{BASE}returns/{sent.pk}/instance.xml",
        "files": _tell_pictures(sent),
    }


def _tell_pictures(sent: SentBack) -> list[dict[str, str]]:
    """The files of an interview that went back; none where a zone is not safe."""
    if access_of(sent.zone_path, read_states()) != Access.OPEN:
        return []
    files = sent.submission.files.exclude(stored="").exclude(name=AUDIT)
    return [{"name": one.name, "url": f"{BASE}returns/{sent.pk}/files/{one.pk}"} for one in files]


def _tell_interviews(user: User) -> list[dict[str, str]]:
    """Say what became of each interview that the person sent; a former revision was replaced."""
    since = timezone.now() - _TOLD_FOR
    rows = Submission.objects.filter(sent_by=user, received_at__gte=since).order_by("-received_at")
    sent_back = set(open_returns().values_list("submission", flat=True))
    last: dict[Any, int] = {}
    told = list(
        rows.only("instance_id", "interview_id", "revision", "status", "queue")[:_MOST_TOLD]
    )
    for one in told:
        last[one.interview_id] = max(last.get(one.interview_id, 0), one.revision)
    return [
        _tell_interview(one, one.revision == last[one.interview_id], one.pk in sent_back)
        for one in told
    ]


def _tell_interview(one: Submission, is_last: bool, is_sent_back: bool) -> dict[str, str]:
    if is_sent_back:
        state, sentence = "returned", _("renvoyé, à corriger")
    elif not is_last:
        state, sentence = "replaced", str(Status.REPLACED.label)
    else:
        state, sentence = _FATES[one.status], str(one.get_status_display())
        if one.queue:
            sentence = f"{sentence} ({one.get_queue_display()})"
    return {"instance_id": one.instance_id, "state": state, "sentence": sentence}


def _tell_zones(user: User, assigned: list[Zone]) -> list[dict[str, str]]:
    """Say how safe the person's zones are, and each village that was given to them."""
    states = read_states()
    paths = user.scope_paths()
    told = {zone.pk: zone for zone in [*_tops(paths), *assigned]}
    said = Zone.objects.current().filter(path__in=[path for path, _state in states])
    for zone in said:
        if EVERYWHERE in paths or any(zone.path.startswith(path) for path in paths):
            told[zone.pk] = zone
    return [
        {"code": zone.code, "name": zone.name, "access": access_of(zone.path, states)}
        for zone in sorted(told.values(), key=lambda one: one.path)
    ]


def _tops(paths: list[str]) -> QuerySet[Zone]:
    zones = Zone.objects.current()
    return zones.filter(parent=None) if EVERYWHERE in paths else zones.filter(path__in=paths)
