"""How an interview went, as its page tells it: from the log that came with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.definitions import Form
from gwa.submissions import storage
from gwa.submissions.models import Submission
from gwa.submissions.rules.audit import NAME, Chapter, read_audit, tell_course

_MS_A_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Part:
    """What was done in one part of the form."""

    title: str
    minutes: float
    answered: int
    changes: int
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An interview's course. `pauses` are instants and minutes."""

    minutes: float
    longest: float
    languages: int
    pauses: list[tuple[dt.datetime, float]]
    parts: list[Part]


def read_course(submission: Submission, language: str) -> Told | None:
    """Read the log of an interview; None where none came, or it says nothing."""
    file = submission.files.filter(name=NAME).exclude(stored="").first()
    if file is None:
        return None
    text = storage.read(file.stored, key=file.pk).decode("utf-8", "replace")
    form = form_of(submission.form_version)
    titles = dict(_titles(form, language))
    course = tell_course(read_audit(text), titles)
    parts = [
        _tell(titles.get(place) or _("Hors des parties"), one)
        for place, one in course.chapters.items()
    ]
    if not parts:
        return None
    zone = timezone.get_current_timezone()
    return Told(
        minutes=_minutes(course.active_ms),
        longest=max(part.minutes for part in parts),
        languages=course.languages,
        pauses=[
            (dt.datetime.fromtimestamp(at / 1000, zone), _minutes(length))
            for at, length in course.pauses
        ],
        parts=parts,
    )


def _titles(form: Form, language: str) -> Iterator[tuple[str, str]]:
    """The outermost parts that have a name, by their place."""
    titled: set[tuple[str, ...]] = set()
    for group in sorted(form.groups, key=lambda one: len(one.path)):
        label = group.labels.get(language) or group.labels.get("fr") or group.labels.get("", "")
        if label and not any(group.path[: len(one)] == one for one in titled):
            titled.add(group.path)
            yield "/".join(("", form.root, *group.path)), label


def _tell(title: str, chapter: Chapter) -> Part:
    return Part(
        title=title,
        minutes=_minutes(chapter.spent_ms),
        answered=len(chapter.answered),
        changes=chapter.changes,
        is_confirmed=chapter.is_confirmed,
    )


def _minutes(length: int) -> float:
    return round(length / _MS_A_MINUTE, 1)
