"""Where phones differ: expressions that Collect and our own application read in two ways.

Collect and KoboCollect compute with JavaRosa, our application with ODK's engine for the web. They
agree on what the specification says; an expression is in doubt where it leaves room. We read it as
our application does, and never refuse an interview for it. Whoever publishes a form is told.
"""

from dataclasses import dataclass
from enum import StrEnum

from gwa.questionnaires.xform.definitions import Form, Path
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.syntax import (
    Call,
    Expression,
    Operation,
    Text,
    walk,
)
from gwa.questionnaires.xform.xpath.syntax import Path as PathExpression


class DoubtKind(StrEnum):
    """The closed list of what phones differ about."""

    # `/data/member/age` within a round of `member`: this round's answer, or all rounds'?
    OWN_REPEAT = "own_repeat"
    # `sum(/data/member/income)` with an answer missing: the sum of the others, or none?
    BLANKS = "blanks"
    # `regex(., '[0-9]+')`: must the whole answer match, or a part of it?
    PATTERN = "pattern"
    # `not(/data/age)`: does a question without answer count as true?
    TRUTH = "truth"
    # `substring-after(., ', ')`: the engine for the web takes any mark for one letter.
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt, the place of the form and the expression that it is about."""

    kind: DoubtKind
    path: Path
    expression: str


def list_doubts(form: Form) -> list[Doubt]:
    """List what phones differ about in a form."""
    places: list[tuple[Path, tuple[str, ...]]] = [
        (group.path, (group.relevant, group.count)) for group in form.groups
    ]
    places += [
        (one.path, (one.relevant, one.required, one.constraint, one.calculation, one.choice_nodes))
        for one in form.questions
    ]
    return [
        Doubt(kind, path, expression)
        for path, expressions in places
        for expression in expressions
        if expression
        for kind in sorted(find_doubts(form, path, expression))
    ]


def find_doubts(form: Form, path: Path, expression: str) -> set[DoubtKind]:
    """Find what phones differ about in one expression of the place at this path."""
    parts = [part for part, _is_inside in walk(parse(expression))]
    found = {kind for part in parts if (kind := _find_kind(part)) is not None}
    # `indexed-repeat` says itself which round it means.
    named = {
        id(argument)
        for part in parts
        if isinstance(part, Call) and part.name == "indexed-repeat"
        for argument in part.arguments
    }
    if any(_enters_own_repeat(form, path, part) for part in parts if id(part) not in named):
        found.add(DoubtKind.OWN_REPEAT)
    return found


def _find_kind(part: Expression) -> DoubtKind | None:
    match part:
        case Call(name="sum" | "max" | "min", arguments=(PathExpression(),)):
            return DoubtKind.BLANKS
        case Call(name="regex", arguments=(_, Text(value=pattern))):
            is_whole = pattern.startswith("^") and pattern.endswith("$")
            return None if is_whole else DoubtKind.PATTERN
        case Call(name="substring-after", arguments=(_, mark)):
            is_letter = isinstance(mark, Text) and len(mark.value) == 1
            return None if is_letter else DoubtKind.MARK
        case Call(name="not" | "boolean" | "if", arguments=(PathExpression(), *_)):
            return DoubtKind.TRUTH
        case Operation(operator="and" | "or", operands=operands):
            is_bare = any(isinstance(operand, PathExpression) for operand in operands)
            return DoubtKind.TRUTH if is_bare else None
    return None


def _enters_own_repeat(form: Form, path: Path, part: Expression) -> bool:
    """Tell whether an absolute path enters a repeat that the place itself stands in."""
    if not isinstance(part, PathExpression) or not part.is_absolute:
        return False
    names = tuple(step.test for step in part.steps[1:])
    return any(
        path[: len(group.path)] == group.path == names[: len(group.path)]
        for group in form.groups
        if group.is_repeat
    )
