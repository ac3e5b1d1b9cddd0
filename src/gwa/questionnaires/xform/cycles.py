"""Calculations that call themselves, directly or through others: telephones turn round for ever."""

from collections.abc import Iterator, Mapping

from gwa.questionnaires.xform.definitions import Form, Path
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.syntax import Call, Expression, walk
from gwa.questionnaires.xform.xpath.syntax import Path as PathExpression

# They name the round that they mean, which is another one than their own.
_OTHER_ROUND = frozenset({"indexed-repeat", "instance", "count", "position"})
# They keep the value that is there.
_KEEPING = frozenset({"if", "coalesce", "once"})


def find_cycles(form: Form) -> list[Fault]:
    """Say which calculations depend on their own result, and by which way: `a → b → a`."""
    calculations = {one.path: parse(one.calculation) for one in form.questions if one.calculation}
    calls = {
        path: [called for called in _calls(form, path, expression) if called in calculations]
        for path, expression in calculations.items()
    }
    faults: list[Fault] = []
    told: set[Path] = set()
    for path in calculations:
        way = _way_back(path, calls)
        if path in told or way is None:
            continue
        if len(way) == 1 and _keeps_itself(form, path, calculations[path]):
            continue
        told.update(way)
        names = " → ".join(step[-1] for step in (*way, path))
        faults.append(Fault(FaultKind.CALLS_ITSELF, "/".join(path), names))
    return faults


def _calls(form: Form, path: Path, expression: Expression) -> Iterator[Path]:
    """Give the places whose answers an expression reads, of its own round."""
    parts = list(walk(expression))
    elsewhere = {
        id(argument)
        for part, _is_inside in parts
        if isinstance(part, Call) and part.name in _OTHER_ROUND
        for argument in part.arguments
    }
    for part, is_inside in parts:
        if isinstance(part, PathExpression) and not is_inside and id(part) not in elsewhere:
            place = _place_of(form, path, part)
            if place is not None:
                yield place


def _place_of(form: Form, base: Path, part: PathExpression) -> Path | None:
    """Return the place that a path names; none where it picks among several."""
    steps = list(part.steps)
    if part.is_absolute:
        if not steps or steps.pop(0).test != form.root:
            return None
        base = ()
    elif part.start is not None and not _is_current(part.start):
        return None
    for step in steps:
        if step.predicates:
            return None
        if step.axis == "parent":
            base = base[:-1]
        elif step.axis == "child":
            base = (*base, step.test)
    return base


def _is_current(start: Expression) -> bool:
    return isinstance(start, Call) and start.name == "current"


def _way_back(path: Path, calls: Mapping[Path, list[Path]]) -> tuple[Path, ...] | None:
    """Return the shortest way from a calculation back to itself."""
    seen: set[Path] = set()
    ways: list[tuple[Path, ...]] = [(path,)]
    while ways:
        way = ways.pop(0)
        for called in calls[way[-1]]:
            if called == path:
                return way
            if called not in seen:
                seen.add(called)
                ways.append((*way, called))
    return None


def _keeps_itself(form: Form, path: Path, expression: Expression) -> bool:
    """Tell whether a calculation keeps its value once it has one: `if(. = '', uuid(), .)`."""
    if not isinstance(expression, Call) or expression.name not in _KEEPING:
        return False
    outcomes = expression.arguments[1:] if expression.name == "if" else expression.arguments
    return all(
        _is_itself(form, path, one) or path not in _calls(form, path, one) for one in outcomes
    )


def _is_itself(form: Form, path: Path, one: Expression) -> bool:
    return isinstance(one, PathExpression) and _place_of(form, path, one) == path
