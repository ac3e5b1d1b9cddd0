"""The verb of the telephone's door: take an envelope in, piece by piece, and open it once whole."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.errors import refusal_named
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.submissions import errors, storage
from gwa.submissions.actions.drafts import keep_draft
from gwa.submissions.actions.receiving import (
    LARGEST_FILE_MB,
    Part,
    open_interview,
    receive_submission,
)
from gwa.submissions.errors import SubmissionRefused
from gwa.submissions.models import Device, ErasedInterview, Original, SealKey, Submission, Upload
from gwa.submissions.rules import (
    Envelope,
    EnvelopeDamaged,
    KeyUnknown,
    Kind,
    open_envelope,
    read_envelope,
    read_instance_id,
)

LARGEST_PIECE = 262_144
# The header and what encryption adds.
_AROUND = 65_536
# A telephone sends one envelope after another: more than these wait for nobody.
MOST_COMING = 20
LARGEST_ENVELOPE = (LARGEST_FILE_MB << 20) + _AROUND


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose envelope it is, and who brings it: a telephone, or the desk for one without network."""

    user: User
    device: Device | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an envelope of `size` bytes, from `offset` on."""

    sha256: str
    offset: int
    size: int
    content: bytes


def take_piece(piece: Piece, sender: Sender) -> tuple[Upload, bool]:
    """Keep a piece of an envelope; the last one opens it. Return where it stands.

    False where another offset is expected. An envelope that was taken in stays so, whatever comes
    again; one that was refused may be sent anew from its beginning.
    """
    _check(piece)
    _hold(piece.sha256)
    upload = Upload.objects.filter(sha256=piece.sha256).first()
    if upload is not None and upload.is_done and not (upload.refusal and piece.offset == 0):
        return upload, True
    if upload is None or upload.is_done:
        upload = _begin(piece, sender, upload)
    end = piece.offset + len(piece.content)
    if upload.size != piece.size or piece.offset != upload.received or end > piece.size:
        return upload, False
    if end < piece.size:
        _keep(upload, piece)
        return upload, True
    return _finish(upload, piece, sender)


def take_envelope(content: bytes, sender: Sender) -> Upload:
    """Take a whole envelope in, as its telephone would have sent it."""
    sha256 = hashlib.sha256(content).hexdigest()
    if len(content) > LARGEST_ENVELOPE:
        raise errors.SendingTooLarge(limit=LARGEST_FILE_MB)
    _hold(sha256)
    upload = Upload.objects.filter(sha256=sha256).first()
    if upload is not None and upload.is_done and not upload.refusal:
        return upload
    whole = Piece(sha256, 0, len(content), content)
    upload = _begin(whole, sender, upload)
    return _finish(upload, whole, sender)[0]


def refusal_of(upload: Upload) -> SubmissionRefused | None:
    """Return why an envelope was refused, in the reader's language."""
    kind = refusal_named(upload.refusal) if upload.refusal else None
    if kind is None or not issubclass(kind, SubmissionRefused):
        return None
    return kind(**upload.refusal_facts)


def _check(piece: Piece) -> None:
    if len(piece.content) > LARGEST_PIECE:
        raise errors.PieceTooLarge(limit=LARGEST_PIECE >> 10)
    if piece.size > LARGEST_ENVELOPE:
        raise errors.SendingTooLarge(limit=LARGEST_FILE_MB)


def _hold(sha256: str) -> None:
    """Let two sendings of one envelope come in one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('submissions.upload'), hashtext(%s))", [sha256]
        )


def _begin(piece: Piece, sender: Sender, before: Upload | None) -> Upload:
    """Begin an envelope, or begin it again: pieces that are there are of the past."""
    if before is not None:
        _drop(before)
    if sender.device is not None:
        coming = Upload.objects.filter(device=sender.device, is_done=False)
        for abandoned in coming.order_by("-touched_at")[MOST_COMING - 1 :]:
            _drop(abandoned)
    return Upload.objects.create(
        sha256=piece.sha256, size=piece.size, device=sender.device, touched_at=timezone.now()
    )


def _keep(upload: Upload, piece: Piece) -> None:
    if piece.content:
        storage.store_piece(piece.content, key=upload.piece_key(len(upload.pieces)))
        upload.pieces.append(len(piece.content))
    upload.touched_at = timezone.now()
    upload.save(update_fields=["pieces", "touched_at"])


def _finish(upload: Upload, last: Piece, sender: Sender) -> tuple[Upload, bool]:
    """Open what is whole, and keep what it was answered; begin again where it came damaged."""
    content = b"".join([*_pieces_of(upload), last.content])
    _drop_pieces(upload)
    upload.pieces, upload.touched_at = [], timezone.now()
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        upload.save()
        return upload, False
    try:
        with transaction.atomic():
            _open(upload, content, sender)
    except SubmissionRefused as refusal:
        upload.refusal = refusal.code
        upload.refusal_facts = {name: str(fact) for name, fact in refusal.facts.items()}
    upload.is_done = True
    upload.save()
    return upload, True


def _pieces_of(upload: Upload) -> Sequence[bytes]:
    return [storage.read_piece(key=upload.piece_key(n)) for n in range(len(upload.pieces))]


def _drop(upload: Upload) -> None:
    """Forget an envelope: sent again, it begins at its beginning."""
    _drop_pieces(upload)
    upload.delete()


def _drop_pieces(upload: Upload) -> None:
    """Remove the pieces on disk once the transaction holds."""
    for place in range(len(upload.pieces)):
        transaction.on_commit(partial(storage.remove_piece, upload.piece_key(place)))


def _open(upload: Upload, content: bytes, sender: Sender) -> None:
    """Open an envelope and take in what it holds. Raises the refusals of `errors`."""
    try:
        envelope = read_envelope(content)
        keys = SealKey.objects.filter(kid__in=envelope.keys)
        opened = open_envelope(
            envelope, {key.kid: key.private_key for key in keys}, most=LARGEST_FILE_MB << 20
        )
    except KeyUnknown as error:
        raise errors.EnvelopeForeign from error
    except EnvelopeDamaged as error:
        raise errors.EnvelopeUnreadable from error
    upload.instance_id = read_instance_id(envelope.id)
    upload.content_sha256 = hashlib.sha256(opened).hexdigest()
    if envelope.kind == Kind.DRAFT:
        keep_draft(
            xml=opened,
            instance_id=upload.instance_id,
            made_at=envelope.made_at,
            user=sender.user,
            device=sender.device,
            actor=sender.actor,
        )
    elif envelope.kind == Kind.INTERVIEW:
        if open_interview(opened).instance_id != upload.instance_id:
            raise errors.EnvelopeUnreadable
        upload.submission = _receive(opened, (), sender)
    else:
        upload.submission = _receive_file(envelope, upload.instance_id, opened, sender)


def _receive_file(
    envelope: Envelope, instance_id: str, content: bytes, sender: Sender
) -> Submission:
    """Add a file to the interview that names it, whose words came before."""
    with everywhere():
        found = Submission.objects.filter(instance_id=instance_id).first()
        xml = Original.objects.get(pk=found.pk).xml if found is not None else None
    if xml is None:
        digest = ErasedInterview.digest_of(instance_id)
        is_erased = ErasedInterview.objects.filter(pk=digest).exists()
        raise errors.InterviewErased if is_erased else errors.InterviewUnknown
    part = Part(envelope.name, io.BytesIO(content), len(content))
    return _receive(xml, (part,), sender)


def _receive(xml: bytes, parts: Sequence[Part], sender: Sender) -> Submission:
    receipt = receive_submission(
        xml=xml, parts=parts, user=sender.user, actor=sender.actor, device=sender.device
    )
    return receipt.submission
