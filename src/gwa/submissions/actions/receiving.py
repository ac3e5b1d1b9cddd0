"""The verb of the door: take an interview in, once, whole, before anything is said of it.

What is acknowledged is on disk: the files are written first, then the row, in the transaction whose
commit precedes the answer. Killed in between, files without a row remain, which a job removes.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO
from uuid import UUID

from django.db import connection
from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.scope import EVERYWHERE, everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.instance import Received, read_instance, receive
from gwa.questionnaires.xform.markup import MOST_BYTES
from gwa.submissions import errors, storage
from gwa.submissions.models import (
    Device,
    DraftCopy,
    ErasedInterview,
    Original,
    Submission,
    SubmissionFile,
)
from gwa.submissions.queue import queue_pictures, queue_submission
from gwa.submissions.rules import read_instance_id
from gwa.zones.models import Zone

LARGEST_FILE_MB = 20
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it came with an interview."""

    name: str
    content: BinaryIO
    size: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is told. `is_new` is false where the interview was here already.

    `sha256` is that of the words as they came; `missing` are the files that it names and that have
    not come.
    """

    submission: Submission
    is_new: bool
    sha256: str
    missing: tuple[str, ...]


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
    received = open_interview(xml)
    for part in parts:
        _check_part(part)
    written: list[str] = []
    try:
        with everywhere():
            _hold(received.instance_id)
            known = Submission.objects.filter(instance_id=received.instance_id)
            found: Submission | None = known.order_by().first()
            if found is None:
                submission, files = _keep(received, xml, parts, written, user=user, device=device)
            else:
                submission, files = found, _complete(found, xml, parts, written)
            _queue(submission, is_new=found is None, has_more=bool(written))
        record(
            "submissions.received" if found is None else "submissions.sent_again",
            subject=submission,
            actor=actor,
            data={"files": len(written), "complete": submission.is_complete},
        )
    except BaseException:
        for name in written:
            storage.remove(name)
        raise
    return Receipt(
        submission,
        is_new=found is None,
        sha256=hashlib.sha256(xml).hexdigest(),
        missing=tuple(file.name for file in files if not file.stored),
    )


def open_interview(xml: bytes) -> Received:
    """Read an interview as far as it names itself. Raises the refusals of `errors`."""
    received = receive(xml)
    if isinstance(received, Fault):
        if received.kind == FaultKind.TOO_LARGE:
            raise errors.SendingTooLarge(limit=MOST_BYTES >> 20)
        is_nameless = received.kind == FaultKind.MISSING
        raise errors.InstanceUnnamed if is_nameless else errors.XmlMalformed
    instance_id = read_instance_id(received.instance_id)
    if not instance_id:
        raise errors.InstanceUnnamed
    deprecated_id = read_instance_id(received.deprecated_id) or received.deprecated_id
    return replace(received, instance_id=instance_id, deprecated_id=deprecated_id)


def _check_part(part: Part) -> None:
    if not _is_name(part.name):
        raise errors.FileMisnamed
    if part.size > LARGEST_FILE_MB << 20:
        raise errors.FileTooLarge(name=part.name, limit=LARGEST_FILE_MB)


def _is_name(name: str) -> bool:
    """Tell whether a telephone may have given a file this name."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def _hold(instance_id: str) -> None:
    """Let two sendings of one interview come in one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('submissions.instance'), hashtext(%s))",
            [instance_id],
        )


def _keep(
    received: Received,
    xml: bytes,
    parts: Sequence[Part],
    written: list[str],
    *,
    user: User,
    device: Device | None,
) -> tuple[Submission, list[SubmissionFile]]:
    """Write a new revision, its original and its files; those that have not come by their names."""
    if ErasedInterview.objects.filter(pk=ErasedInterview.digest_of(received.instance_id)).exists():
        raise errors.InterviewErased
    version = version_of(received)
    before = _corrected(received.deprecated_id)
    now = timezone.now()
    is_apart = not user.is_active or (device is not None and device.revoked_at is not None)
    submission = Submission(
        zone_path=zone_of(user),
        instance_id=received.instance_id,
        deprecated_id=received.deprecated_id,
        interview_id=before.interview_id if before else UUID(received.instance_id),
        revision=before.revision + 1 if before else 1,
        form_version=version,
        device=device,
        sent_by=user,
        status=Submission.Status.QUARANTINED if is_apart else Submission.Status.RECEIVED,
        received_at=now,
    )
    files = {name: _file_of(submission, name) for name in _files_of(received, version)}
    _store(submission, files, parts, written)
    if before is not None:
        _carry_over(before, files, written)
    submission.is_complete = all(file.stored for file in files.values())
    submission.save(force_insert=True)
    original = Original(id=submission.pk, at=now, zone_path=submission.zone_path)
    original.set_xml(xml)
    original.save(force_insert=True)
    SubmissionFile.objects.bulk_create(files.values())
    DraftCopy.objects.filter(instance_id=submission.instance_id).delete()
    return submission, list(files.values())


def _complete(
    submission: Submission, xml: bytes, parts: Sequence[Part], written: list[str]
) -> list[SubmissionFile]:
    """Add what had not come of an interview that is here. Raises where its words are others."""
    if Original.objects.get(pk=submission.pk).xml != xml:
        raise errors.InstanceDiffers
    files = {file.name: file for file in submission.files.all()}
    for file in _store(submission, files, parts, written):
        file.save()
    if not submission.is_complete and all(file.stored for file in files.values()):
        submission.is_complete = True
        submission.save(update_fields=["is_complete"])
    return list(files.values())


def _file_of(submission: Submission, name: str) -> SubmissionFile:
    return SubmissionFile(submission=submission, zone_path=submission.zone_path, name=name)


def _store(
    submission: Submission,
    files: dict[str, SubmissionFile],
    parts: Sequence[Part],
    written: list[str],
) -> list[SubmissionFile]:
    """Seal the files that came and return them; one that is there already stays as it is."""
    stored = []
    for part in parts:
        file = files.setdefault(part.name, _file_of(submission, part.name))
        if file.stored:
            continue
        file.stored, file.size, file.sha256 = storage.store(part.content, key=file.pk)
        written.append(file.stored)
        file.received_at = timezone.now()
        stored.append(file)
    return stored


def _carry_over(before: Submission, files: dict[str, SubmissionFile], written: list[str]) -> None:
    """Give a correction the files that it names and that came with what it corrects.

    A telephone sends a photo once; what was made of it for the household is not made again.
    """
    for file in before.files.exclude(stored=""):
        mine = files.get(file.name)
        if mine is None or mine.stored:
            continue
        content = io.BytesIO(storage.read(file.stored, key=file.pk))
        mine.stored, mine.size, mine.sha256 = storage.store(content, key=mine.pk)
        written.append(mine.stored)
        mine.received_at, mine.document = timezone.now(), file.document


def _queue(submission: Submission, *, is_new: bool, has_more: bool) -> None:
    """Let a worker go on with what has become whole, or with pictures that came late."""
    is_waiting = submission.status == Submission.Status.RECEIVED
    if submission.is_complete and is_waiting and (is_new or has_more):
        queue_submission(submission.pk)
    elif has_more and submission.household_id:
        queue_pictures(submission.pk)


def _files_of(received: Received, version: FormVersion) -> list[str]:
    """The files that the answers name; one that is not of its form is seen when it is taken in."""
    instance = read_instance(received, form_of(version))
    names = () if isinstance(instance, Fault) else instance.files
    return [name for name in dict.fromkeys(names) if _is_name(name)]


def version_of(received: Received) -> FormVersion:
    """Return the version of the form that an interview was asked with. Raises where it is none."""
    version = (
        FormVersion.objects.taking_interviews()
        .select_related("form")
        .defer("workbook", "xform")
        .filter(form__code=received.form_id, version=received.version)
        .order_by()
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


def zone_of(user: User) -> str:
    """Return the zone that an interview belongs to until it says where the household lives."""
    paths = user.scope_paths()
    if not paths or EVERYWHERE in paths:
        return str(Zone.objects.current().values_list("path", flat=True).get(parent=None))
    return min(paths)
