"""Verbs on a version before it is published: propose, discuss, put before the committee, decide."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires import errors
from gwa.questionnaires.converting import convert_upload
from gwa.questionnaires.models import Form, FormMedia, FormRemark, FormVersion
from gwa.questionnaires.words import say_form_fault
from gwa.questionnaires.xform.cycles import find_cycles
from gwa.questionnaires.xform.definitions import Form as FormDefinition
from gwa.questionnaires.xform.reading import read_form

Status, Kind = FormVersion.Status, FormRemark.Kind


@dataclass(frozen=True, slots=True)
class Media:
    """A file that goes with a form."""

    name: str
    media_type: str
    content: bytes


@action
def propose_form(
    *,
    content: bytes,
    file_name: str,
    actor: Actor,
    purpose: str = "",
    media: Sequence[Media] = (),
) -> FormVersion:
    """Take in a workbook (XLSForm) or an XForm as a draft; a draft of the same version is replaced.

    Raises the refusals of `converting`, and `FormRefused` with every fault by its place.
    """
    converted = convert_upload(content, file_name=file_name)
    asked = read_definition(converted.xform)
    if not asked.version:
        raise errors.VersionMissing
    form, _made = Form.objects.get_or_create(code=asked.form_id, defaults={"title": asked.title})
    version = _draft_of(form, asked)
    version.workbook = content if converted.is_workbook else b""
    version.file_name = file_name[:200]
    version.xform = converted.xform
    version.xform_md5 = hashlib.md5(converted.xform, usedforsecurity=False).hexdigest()
    version.warnings = "\n".join(converted.warnings)
    version.purpose = purpose
    version.proposed_at, version.proposed_by = timezone.now(), actor.label
    version.save()
    _replace_media(version, media)
    record(
        "questionnaires.form_proposed",
        subject=version,
        actor=actor,
        reason=purpose,
        data={"form": form.code, "version": version.version, "questions": len(asked.questions)},
    )
    return version


def read_definition(xform: bytes) -> FormDefinition:
    """Read what an XForm asks, or refuse it with every fault."""
    read = read_form(xform)
    faults = read if isinstance(read, list) else find_cycles(read)
    if isinstance(read, list) or faults:
        raise errors.FormRefused(faults=" ".join(say_form_fault(fault) for fault in faults))
    return read


def _draft_of(form: Form, asked: FormDefinition) -> FormVersion:
    version: FormVersion | None = (
        FormVersion.objects.select_for_update().filter(form=form, version=asked.version).first()
    )
    if version is not None and not version.is_draft:
        raise errors.VersionTaken(version=asked.version, form=form.code)
    return version or FormVersion(form=form, version=asked.version)


def _replace_media(version: FormVersion, media: Sequence[Media]) -> None:
    version.media.all().delete()
    FormMedia.objects.bulk_create(
        FormMedia(
            version=version,
            name=one.name,
            media_type=one.media_type,
            content=one.content,
            md5=hashlib.md5(one.content, usedforsecurity=False).hexdigest(),
        )
        for one in media
    )


@action
def add_remark(
    *, version: FormVersion, text: str, actor: Actor, kind: str = Kind.COMMENT, question: str = ""
) -> FormRemark:
    """Say something of a version, or propose a change to one of its questions."""
    made = _remark(version, kind, text, actor, question)
    record("questionnaires.remark_added", subject=version, actor=actor, data={"kind": made.kind})
    return made


def _remark(
    version: FormVersion, kind: str, text: str, actor: Actor, question: str = ""
) -> FormRemark:
    return FormRemark.objects.create(
        version=version,
        kind=kind,
        question=question,
        text=text.strip(),
        written_at=timezone.now(),
        written_by=actor.label,
    )


@action
def settle_remark(*, remark: FormRemark, actor: Actor, reason: str = "") -> FormRemark:
    """Mark a remark as dealt with."""
    locked: FormRemark = FormRemark.objects.select_for_update().get(pk=remark.pk)
    if locked.settled_at is None:
        locked.settled_at, locked.settled_by = timezone.now(), actor.label
        locked.save(update_fields=["settled_at", "settled_by"])
    record("questionnaires.remark_settled", subject=locked.version, actor=actor, reason=reason)
    return locked


@action
def submit_form(*, version: FormVersion, actor: Actor, reason: str = "") -> FormVersion:
    """Put a draft before the committee; from here on it does not change."""
    locked = lock_version(version)
    if locked.status != Status.DRAFT:
        raise errors.NotADraft
    locked.status = Status.SUBMITTED
    locked.submitted_at, locked.submitted_by = timezone.now(), actor.label
    locked.save(update_fields=["status", "submitted_at", "submitted_by"])
    record("questionnaires.form_submitted", subject=locked, actor=actor, reason=reason)
    return locked


@action
def send_back_form(*, version: FormVersion, actor: Actor, reason: str) -> FormVersion:
    """Let the committee send a version back: it is a draft again, with the committee's words."""
    locked = lock_version(version)
    if locked.status not in (Status.SUBMITTED, Status.VALIDATED):
        raise errors.NotSubmitted
    locked.status = Status.DRAFT
    locked.submitted_at, locked.submitted_by = None, ""
    locked.validated_at, locked.validated_by, locked.minutes = None, "", ""
    locked.save()
    _remark(locked, Kind.SENT_BACK, reason, actor)
    record("questionnaires.form_sent_back", subject=locked, actor=actor, reason=reason)
    return locked


@action
def validate_form(
    *, version: FormVersion, minutes: str, actor: Actor, reason: str = ""
) -> FormVersion:
    """Let the committee validate a version. Not the person who proposed it."""
    locked = lock_version(version)
    if locked.status != Status.SUBMITTED:
        raise errors.NotSubmitted
    if not minutes.strip():
        raise errors.MinutesMissing
    if actor.label in (locked.proposed_by, locked.submitted_by):
        raise errors.OwnVersion
    locked.status, locked.minutes = Status.VALIDATED, minutes.strip()
    locked.validated_at, locked.validated_by = timezone.now(), actor.label
    locked.save(update_fields=["status", "minutes", "validated_at", "validated_by"])
    _remark(locked, Kind.VALIDATED, locked.minutes, actor)
    record("questionnaires.form_validated", subject=locked, actor=actor, reason=reason)
    return locked


def lock_version(version: FormVersion) -> FormVersion:
    """Hold a version until the end of the transaction."""
    locked: FormVersion = (
        FormVersion.objects.select_for_update(of=("self",))
        .select_related("form")
        .get(pk=version.pk)
    )
    return locked
