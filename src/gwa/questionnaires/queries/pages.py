"""What the screens say of a version: what it asks, what changed, what publishing it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.dictionary import derive_dictionary
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.words import say_refusal
from gwa.questionnaires.xform.definitions import Form, Kind, Path, Question, Texts


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as it is read: number of repeats around it, words, choices, conditions."""

    name: str
    label: str
    hint: str
    kind: str
    depth: int
    choices: tuple[str, ...]
    relevant: str
    constraint: str
    save_to: str
    is_group: bool = False
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What publishing would do to the dictionary, and why it cannot be."""

    added: tuple[str, ...]
    choices_added: Mapping[str, tuple[str, ...]]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Questions that came, went or changed since another version, by their place."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether both ask the same."""
        return not (self.added or self.removed or self.changed)


def list_questions(version: FormVersion, language: str) -> list[ShownQuestion]:
    """List groups and questions in the order in which they are asked."""
    return list(_walk(form_of(version), language))


def _walk(form: Form, language: str) -> Iterator[ShownQuestion]:
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
            if label or group.is_repeat:
                yield ShownQuestion(
                    path[-1], label or path[-1], "", "", end - 1, (), group.relevant, "", "",
                    is_group=True, is_repeat=group.is_repeat,
                )  # fmt: skip
        yield _show(question, language)


def _show(question: Question, language: str) -> ShownQuestion:
    return ShownQuestion(
        name=question.name,
        label=pick(question.labels, language) or question.name,
        hint=pick(question.hints, language),
        kind=question.kind.value,
        depth=len(question.path) - 1,
        choices=tuple(pick(choice.labels, language) or choice.code for choice in question.choices),
        relevant=question.relevant,
        constraint=question.constraint,
        save_to=question.save_to,
    )


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


def version_before(version: FormVersion) -> FormVersion | None:
    """Return the version in service that this one would follow."""
    known = FormVersion.objects.taking_interviews().filter(form=version.form_id)
    return known.exclude(pk=version.pk).order_by("-published_at").first()


def compare(old: FormVersion, new: FormVersion) -> Differences:
    """Say which questions came, went or changed, and in what."""
    before, after = form_of(old).by_path, form_of(new).by_path
    return Differences(
        added=tuple("/".join(path) for path in after if path not in before),
        removed=tuple("/".join(path) for path in before if path not in after),
        changed=tuple(
            ("/".join(path), names)
            for path, question in after.items()
            if path in before and (names := _differences(before[path], question))
        ),
    )


_COMPARED = (
    "kind", "labels", "hints", "choices", "choice_filter", "relevant", "required", "constraint",
    "calculation", "save_to",
)  # fmt: skip


def _differences(before: Question, after: Question) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
