"""Which interviews the server still knows, for telephones that kept a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gwa.common.scope import everywhere
from gwa.submissions.models import (
    ErasedInterview,
    Original,
    Submission,
    SubmissionFile,
    Upload,
)
from gwa.submissions.rules import read_instance_id


class State(StrEnum):
    """What the server has of an interview; the telephone does what follows."""

    # Whole: the copy may be forgotten once backups have it.
    RECEIVED = "received"
    # The words and not all files: send it again with those that are missing.
    INCOMPLETE = "incomplete"
    # Never received, or lost by a restore to an earlier state: send it again.
    UNKNOWN = "unknown"
    # The household asked to be forgotten: remove the copy.
    ERASED = "erased"
    # A draft: a copy is kept until the interview itself comes.
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Held:
    """What the server has of one interview: its fingerprint, and the files that never came."""

    state: State
    sha256: str = ""
    missing: tuple[str, ...] = ()


def read_receipts(instance_ids: Sequence[str]) -> Mapping[str, Held]:
    """Say of each interview asked what is held of it, whichever zone it went to since.

    Its name is random: who tells it has the interview.
    """
    names = {told: read_instance_id(told) for told in instance_ids}
    wanted = [name for name in names.values() if name]
    with everywhere():
        found = Submission.objects.filter(instance_id__in=wanted)
        keys = dict(found.values_list("pk", "instance_id"))
        hashes = dict(Original.objects.filter(pk__in=keys).values_list("pk", "sha256"))
        awaited = SubmissionFile.objects.filter(submission__in=keys, stored="")
        missing: dict[object, list[str]] = {}
        for key, file in awaited.values_list("submission", "name"):
            missing.setdefault(key, []).append(file)
    held = {name: _held(hashes[key], missing.get(key, [])) for key, name in keys.items()}
    held |= dict.fromkeys(_erased(wanted), Held(State.ERASED))
    return {told: held.get(name, Held(State.UNKNOWN)) for told, name in names.items()}


def receipt_of(upload: Upload) -> dict[str, object]:
    """Return what the sender of an envelope is told, as often as it asks."""
    told: dict[str, object] = {
        "instance_id": upload.instance_id,
        "sha256": upload.content_sha256,
    }
    if upload.submission_id is None:
        return told | {"revision": 0, "missing": [], "state": State.KEPT}
    with everywhere():
        submission = Submission.objects.get(pk=upload.submission_id)
        awaited = submission.files.filter(stored="").order_by("name")
        missing = list(awaited.values_list("name", flat=True))
    return told | {
        "revision": submission.revision,
        "missing": missing,
        "state": State.INCOMPLETE if missing else State.RECEIVED,
    }


def _held(sha256: str, missing: Sequence[str]) -> Held:
    return Held(State.INCOMPLETE if missing else State.RECEIVED, sha256, tuple(missing))


def _erased(names: Sequence[str]) -> list[str]:
    digests = {ErasedInterview.digest_of(name): name for name in names}
    gone = ErasedInterview.objects.filter(pk__in=list(digests)).values_list("pk", flat=True)
    return [digests[bytes(digest)] for digest in gone]
