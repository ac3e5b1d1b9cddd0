"""What the screens say of a version: what it asks, what is in doubt, what publishing does."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.dictionary import derive_dictionary
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.words import KINDS, say_doubt, say_refusal
from gwa.questionnaires.xform.definitions import Form, Kind, Path, Question, Texts
from gwa.questionnaires.xform.doubts import DoubtKind, list_doubts

_REFERENCE = re.compile(
    r"(?<![)/\w.\]])(?:\.\.)?(?:/(?:\.\.|[A-Za-z_][\w.-]*))*/([A-Za-z_][\w.-]*)(?![\w(])"
)


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question, or a group within a part, as it is read."""

    label: str
    hint: str = ""
    kind: str = ""
    choices: tuple[str, ...] = ()
    relevant: str = ""
    constraint: str = ""
    save_to: str = ""
    is_group: bool = False
    is_repeat: bool = False


@dataclass(slots=True)
class ShownPart:
    """A chapter of the form: a group that stands in no other, with its questions in order."""

    label: str
    relevant: str = ""
    is_repeat: bool = False
    rows: list[ShownQuestion] = field(default_factory=list)

    @property
    def questions(self) -> int:
        """Return how many questions there are, groups apart."""
        return sum(not row.is_group for row in self.rows)


@dataclass(frozen=True, slots=True)
class Effect:
    """What publishing would do to the dictionary, and why it cannot be."""

    added: tuple[str, ...]
    choices_added: Mapping[str, tuple[str, ...]]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What phones differ about in one way: the sentence, and each place with its expression."""

    sentence: str
    places: tuple[tuple[str, str], ...]


def list_parts(version: FormVersion, language: str) -> list[ShownPart]:
    """List the chapters and their questions in the order in which they are asked."""
    parts: list[ShownPart] = []
    before = None
    for path, row in _walk(form_of(version), language):
        top = path[0] if len(path) > 1 or row.is_group else None
        if row.is_group and len(path) == 1:
            parts.append(ShownPart(row.label, row.relevant, row.is_repeat))
        else:
            if not parts or (top != before and top is None):
                parts.append(ShownPart(""))
            parts[-1].rows.append(row)
        before = top
    return [part for part in parts if part.rows]


def _walk(form: Form, language: str) -> Iterator[tuple[Path, ShownQuestion]]:
    told: set[Path] = set()
    for question in form.questions:
        if question.kind == Kind.HIDDEN:
            continue
        for end in range(1, len(question.path)):
            path = question.path[:end]
            group = form.groups_by_path.get(path)
            if group is None or path in told:
                continue
            told.add(path)
            label = pick(group.labels, language)
            if label or group.is_repeat or end == 1:
                yield (
                    path,
                    ShownQuestion(
                        label or path[-1],
                        relevant=write_expression(group.relevant),
                        is_group=True,
                        is_repeat=group.is_repeat,
                    ),
                )
        yield question.path, _show(form, question, language)


def _show(form: Form, question: Question, language: str) -> ShownQuestion:
    return ShownQuestion(
        label=pick(question.labels, language) or question.name,
        hint=pick(question.hints, language),
        kind=str(KINDS[question.kind]),
        choices=tuple(
            pick(choice.labels, language) or choice.code for choice in form.choices_of(question)
        ),
        relevant=write_expression(question.relevant),
        constraint=write_expression(question.constraint),
        save_to=question.save_to,
    )


def write_expression(expression: str) -> str:
    """Write an expression as the workbook does: `${age} > 15` for `../age > 15`."""
    return _REFERENCE.sub(r"${\1}", " ".join(expression.split()))


def pick(texts: Texts, language: str) -> str:
    """Give the text in the language asked, else in French, else in any."""
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")


def effect_of(version: FormVersion) -> Effect:
    """Say what publishing would do to the dictionary in force."""
    derived = derive_dictionary(form_of(version))
    return Effect(
        added=tuple(variable.name for variable in derived.added),
        choices_added=derived.choices_added,
        refused=tuple(say_refusal(refusal) for refusal in derived.refused),
    )


def doubts_of(version: FormVersion, language: str) -> list[Doubts]:
    """Say what Collect and our own application read in two ways, and where."""
    form = form_of(version)
    found: dict[DoubtKind, dict[tuple[str, str], None]] = {}
    for doubt in list_doubts(form):
        place = (_name_place(form, doubt.path, language), write_expression(doubt.expression))
        found.setdefault(doubt.kind, {})[place] = None
    return [Doubts(say_doubt(kind), tuple(places)) for kind, places in found.items()]


def _name_place(form: Form, path: Path, language: str) -> str:
    """Name a place by its words where it has any, else as the workbook does."""
    question, group = form.by_path.get(path), form.groups_by_path.get(path)
    labels = question.labels if question else group.labels if group else {}
    return pick(labels, language) or path[-1]


def version_before(version: FormVersion) -> FormVersion | None:
    """Return the version in service that this one would follow, or followed."""
    known = FormVersion.objects.taking_interviews().filter(form=version.form_id)
    if version.published_at is not None:
        known = known.filter(published_at__lt=version.published_at)
    return known.exclude(pk=version.pk).order_by("-published_at").first()
