"""The verb of the door: take an interview in, once, whole, before anything is said of it.

What is acknowledged is on disk: the files are written first, then the row, in the transaction whose
commit precedes the answer. Killed in between, files without a row remain, which a job removes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db import connection
from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.ids import new_id, read_uuid
from gwa.common.scope import EVERYWHERE, everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.instance import Received, read_instance, receive
from gwa.submissions import errors, storage
from gwa.submissions.models import Device, Original, Submission, SubmissionFile
from gwa.submissions.queue import queue_submission
from gwa.zones.models import Zone

LARGEST_FILE_MB = 20
_PREFIX = "uuid:"


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it came with an interview."""

    name: str
    content: BinaryIO
    size: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is told. `is_new` is false where the interview was here already."""

    submission: Submission
    is_new: bool

    @property
    def missing(self) -> list[str]:
        """The files that the interview names and that have not come."""
        return [file.name for file in self.submission.files.all() if not file.stored]


@action
def receive_submission(
    *,
    xml: bytes,
    parts: Sequence[Part],
    user: User,
    actor: Actor,
    device: Device | None = None,
) -> Receipt:
    """Take an interview in, or the files that were missing of one; nothing enters the registry yet.

    The same interview sent again, with the same words, is the same one. Raises the refusals of
    `errors`; what was refused stays on the phone.
    """
    received = _open(xml)
    for part in parts:
        if part.size > LARGEST_FILE_MB << 20:
            raise errors.FileTooLarge(name=part.name, limit=LARGEST_FILE_MB)
    written: list[str] = []
    try:
        with everywhere():
            _hold(received.instance_id)
            found = Submission.objects.filter(instance_id=received.instance_id).first()
            submission = found or _keep(received, xml, user=user, device=device)
            if found is not None:
                _check_same(found, xml)
            _store_parts(submission, parts, written)
            is_ready = _settle(submission)
        record(
            "submissions.received" if found is None else "submissions.sent_again",
            subject=submission,
            actor=actor,
            data={"files": len(written), "complete": submission.is_complete},
        )
        if is_ready:
            queue_submission(submission.pk)
    except BaseException:
        for name in written:
            storage.remove(name)
        raise
    return Receipt(submission, is_new=found is None)


def _open(xml: bytes) -> Received:
    received = receive(xml)
    if isinstance(received, Fault):
        is_nameless = received.kind == FaultKind.MISSING
        raise errors.InstanceUnnamed if is_nameless else errors.XmlMalformed
    if _uuid_of(received.instance_id) is None:
        raise errors.InstanceUnnamed
    return received


def _uuid_of(instance_id: str) -> UUID | None:
    """Return the UUID of `uuid:…`, or None."""
    return read_uuid(instance_id.removeprefix(_PREFIX)) if _PREFIX in instance_id else None


def _hold(instance_id: str) -> None:
    """Let two sendings of one interview come in one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('submissions.instance'), hashtext(%s))",
            [instance_id],
        )


def _keep(received: Received, xml: bytes, *, user: User, device: Device | None) -> Submission:
    """Write a new revision, its original, and the names of its files."""
    version = _version_of(received)
    before = _corrected(received.deprecated_id)
    own_id = _uuid_of(received.instance_id)
    assert own_id is not None  # noqa: S101 (`_open` refused the others)
    now = timezone.now()
    is_apart = device is not None and device.revoked_at is not None
    submission = Submission.objects.create(
        zone_path=_zone_of(user),
        instance_id=received.instance_id,
        deprecated_id=received.deprecated_id,
        interview_id=before.interview_id if before else own_id,
        revision=before.revision + 1 if before else 1,
        form_version=version,
        device=device,
        sent_by=user,
        status=Submission.Status.QUARANTINED if is_apart else Submission.Status.RECEIVED,
        received_at=now,
    )
    original = Original(id=submission.pk, at=now, zone_path=submission.zone_path)
    original.set_xml(xml)
    original.save(force_insert=True)
    SubmissionFile.objects.bulk_create(
        SubmissionFile(submission=submission, zone_path=submission.zone_path, name=name)
        for name in dict.fromkeys(_files_of(received, version))
    )
    return submission


def _files_of(received: Received, version: FormVersion) -> tuple[str, ...]:
    """The files that the answers name; one that is not of its form is seen when it is taken in."""
    instance = read_instance(received, form_of(version))
    return () if isinstance(instance, Fault) else instance.files


def _version_of(received: Received) -> FormVersion:
    version = (
        FormVersion.objects.taking_interviews()
        .defer("workbook")
        .filter(form__code=received.form_id, version=received.version)
        .first()
    )
    if version is None:
        raise errors.FormUnknown(form=received.form_id, version=received.version)
    return version


def _corrected(deprecated_id: str) -> Submission | None:
    """Return the revision that this one corrects: it must be the last."""
    if not deprecated_id:
        return None
    _hold(deprecated_id)
    before: Submission | None = Submission.objects.filter(instance_id=deprecated_id).first()
    if before is None:
        raise errors.CorrectedUnknown
    later = Submission.objects.filter(
        interview_id=before.interview_id, revision__gt=before.revision
    )
    if later.exists():
        raise errors.CorrectedAlready
    return before


def _zone_of(user: User) -> str:
    """Return the zone that an interview belongs to until it says where the household lives."""
    paths = user.scope_paths()
    if not paths or EVERYWHERE in paths:
        return str(Zone.objects.current().values_list("path", flat=True).get(parent=None))
    return min(paths)


def _check_same(found: Submission, xml: bytes) -> None:
    """Refuse other words under the same name."""
    original = Original.objects.get(pk=found.pk)
    if original.xml != xml:
        raise errors.InstanceDiffers


def _store_parts(submission: Submission, parts: Sequence[Part], written: list[str]) -> None:
    """Seal the files that came; one that is there already stays as it is."""
    files = {file.name: file for file in submission.files.all()}
    for part in parts:
        file = files.get(part.name) or SubmissionFile(
            id=new_id(), submission=submission, zone_path=submission.zone_path, name=part.name
        )
        if file.stored:
            continue
        file.stored, file.size, file.sha256 = storage.store(part.content, key=file.pk)
        written.append(file.stored)
        file.received_at = timezone.now()
        file.save()


def _settle(submission: Submission) -> bool:
    """Note whether everything is there; True when the interview becomes ready for the registry."""
    was_complete = submission.is_complete
    submission.is_complete = not submission.files.filter(stored="").exists()
    if submission.is_complete != was_complete:
        submission.save(update_fields=["is_complete"])
    return (
        submission.is_complete
        and not was_complete
        and submission.status == Submission.Status.RECEIVED
    )
