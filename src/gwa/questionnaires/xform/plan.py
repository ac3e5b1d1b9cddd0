"""A form made ready for interviews: its places as a tree, its expressions compiled, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from gwa.questionnaires.xform.answers import find_type
from gwa.questionnaires.xform.definitions import Entity, Form, Group, Kind, Path, Question
from gwa.questionnaires.xform.doubts import find_doubts
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.syntax import Call, walk
from gwa.questionnaires.xform.xpath.world import Evaluate

# What gives another value each time: nothing can be said of a calculation that uses it.
_CHANGING = frozenset({"random", "uuid", "now"})


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression of the form. Where phones differ about it, nothing is refused for it."""

    evaluate: Evaluate
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a question offers: always the same codes, or what its rule finds."""

    codes: frozenset[str] | None
    rule: Rule | None = None


@dataclass(slots=True)
class Place:
    """One place of the form: a question, or a group with what is below it.

    `may_be_irrelevant` says that it, or a group around it, is not always asked.
    """

    path: Path
    question: Question | None = None
    group: Group | None = None
    children: "dict[str, Place]" = field(default_factory=dict)
    may_be_irrelevant: bool = False
    relevant: Rule | None = None
    required: Rule | None = None
    constraint: Rule | None = None
    calculation: Rule | None = None
    count: Rule | None = None
    choices: Choices | None = None
    is_type: Callable[[str], bool] | None = None

    @property
    def is_repeat(self) -> bool:
        """Tell whether there may be several of it, or none."""
        return self.group is not None and self.group.is_repeat


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of a form from its root, and the properties that each entity takes from them."""

    root: Place
    saved: dict[Path, dict[str, Path]]


@lru_cache(maxsize=64)
def plan_form(form: Form) -> Plan:
    """Prepare a form; the last ones are kept."""
    root = Place(())
    for group in form.groups:
        _fill_group(form, _find(root, group.path), group)
    for question in form.questions:
        _fill_question(form, _find(root, question.path), question)
    _spread(root, may_be_irrelevant=False)
    return Plan(root, _sort_saved(form))


def _find(root: Place, path: Path) -> Place:
    place = root
    for depth, name in enumerate(path, 1):
        place = place.children.setdefault(name, Place(path[:depth]))
    return place


def _spread(place: Place, *, may_be_irrelevant: bool) -> None:
    place.may_be_irrelevant = may_be_irrelevant or place.relevant is not None
    for child in place.children.values():
        _spread(child, may_be_irrelevant=place.may_be_irrelevant)


def _make(form: Form, path: Path, expression: str) -> Rule | None:
    if not expression:
        return None
    return Rule(compile_text(expression), bool(find_doubts(form, path, expression)))


def _fill_group(form: Form, place: Place, group: Group) -> None:
    place.group = group
    place.relevant = _make(form, group.path, group.relevant)
    place.count = _make(form, group.path, group.count)


def _fill_question(form: Form, place: Place, question: Question) -> None:
    place.question = question
    place.relevant = _make(form, question.path, question.relevant)
    place.is_type = find_type(question)
    if not _is_changing(question.calculation):
        place.calculation = _make(form, question.path, question.calculation)
    if question.kind in (Kind.HIDDEN, Kind.NOTE):
        # Nobody answers it, so phones ask nothing of the answer.
        return
    if question.required != "false()":
        place.required = _make(form, question.path, question.required)
    place.constraint = _make(form, question.path, question.constraint)
    place.choices = _find_choices(form, question)


def _find_choices(form: Form, question: Question) -> Choices | None:
    if question.choices:
        return Choices(frozenset(choice.code for choice in question.choices))
    # `search()` takes the choices from a file that only Collect knows how to read.
    if not question.choice_nodes or "search(" in question.appearance:
        return None
    codes = _list_codes(form, question)
    return Choices(codes, _make(form, question.path, question.choice_nodes))


def _is_changing(expression: str) -> bool:
    return bool(expression) and any(
        isinstance(part, Call) and part.name in _CHANGING
        for part, _is_inside in walk(parse(expression))
    )


def _list_codes(form: Form, question: Question) -> frozenset[str] | None:
    """List the codes of a list that the form itself holds and does not filter."""
    one = form.lists_by_name.get(question.choice_list)
    if one is None or one.content is None or question.choice_filter:
        return None
    return frozenset(
        cell.text.strip()
        for root in one.content.children
        for row in root.children
        for cell in row.named(question.choice_value)
    )


def _sort_saved(form: Form) -> dict[Path, dict[str, Path]]:
    """Give each entity the questions that it saves: those for which it is the nearest one."""
    saved: dict[Path, dict[str, Path]] = {entity.path: {} for entity in form.entities}
    for question in form.questions:
        if question.save_to:
            nearest = _find_nearest(form.entities, question.path)
            if nearest is not None:
                saved[nearest.path][question.save_to] = question.path
    return saved


def _find_nearest(entities: tuple[Entity, ...], path: Path) -> Entity | None:
    around = [one for one in entities if path[: len(one.path) - 2] == one.path[:-2]]
    return max(around, key=lambda one: len(one.path), default=None)
