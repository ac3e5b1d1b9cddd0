"""Search long lists quickly: `instance('zones')/root/item[region = /data/region]`.

A list never changes. So a row that is told by one column is found by an index, and what any other
filter lets through is found once for the answers that the filter looks at.
"""

from collections.abc import Callable
from typing import TypeAlias

from gwa.questionnaires.xform.markup import Node, Rows
from gwa.questionnaires.xform.xpath.syntax import (
    NOT_NAMES,
    Call,
    Expression,
    Negation,
    Number,
    Operation,
    Path,
    Step,
    Text,
    walk,
)
from gwa.questionnaires.xform.xpath.values import Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate, World

Compile: TypeAlias = Callable[[Expression], Evaluate]
Scan: TypeAlias = Callable[[Context, Node], list[Node]]
Search: TypeAlias = Callable[[Context, Rows, Scan], list[Node]]
_MOVING = frozenset({"position", "last", "once", "random", "uuid", "now"})


def compile_search(step: Step, compile_expression: Compile) -> Search | None:
    """Compile a filtered step so that it need not look at each row; None where it must."""
    if step.axis != "child" or step.test in NOT_NAMES or len(step.predicates) != 1:
        return None
    predicate = step.predicates[0]
    equality = _split_equality(predicate)
    outside = _list_outside(predicate)
    if outside is None:
        return None
    remembered = _compile_memory([compile_expression(one) for one in outside])
    if equality is None:
        return remembered
    column, wanted = equality
    return _compile_index(step.test, column, compile_expression(wanted), remembered)


def _compile_index(name: str, column: str, wanted: Evaluate, otherwise: Search) -> Search:
    def search(context: Context, rows: Rows, scan: Scan) -> list[Node]:
        value = wanted(context)
        if isinstance(value, list) and len(value) == 1:
            value = context.world.read(value[0])
        if isinstance(value, str):
            return rows.where(name, column, value)
        return otherwise(context, rows, scan)

    return search


def _compile_memory(outside: list[Evaluate]) -> Search:
    def search(context: Context, rows: Rows, scan: Scan) -> list[Node]:
        world = context.world
        answers = tuple(_freeze(world, evaluate(context)) for evaluate in outside)
        found = rows.recall(scan, answers)
        if found is None:
            found = rows.remember(scan, answers, scan(context, rows))
        return found

    return search


def _freeze(world: World, value: Value) -> object:
    """Give what a filter can see of a value: texts, never the elements of one interview."""
    if isinstance(value, list):
        return tuple(map(world.read, value))
    return type(value), value


def _split_equality(predicate: Expression) -> tuple[str, Expression] | None:
    """Return the column and what it must equal, where the predicate is only that."""
    if isinstance(predicate, Operation) and predicate.operator == "=":
        for column, other in (predicate.operands, predicate.operands[::-1]):
            name = _column(column)
            if name is not None and _is_outside(other):
                return name, other
    return None


def _column(expression: Expression) -> str | None:
    """Return the name of a column of the row, where an expression is only that."""
    match expression:
        case Path(is_absolute=False, start=None, steps=(*here, Step("child", name, ()))):
            is_row = all(step == Step("self", "node()") for step in here)
            return name if is_row and name not in NOT_NAMES else None
    return None


def _list_outside(expression: Expression) -> list[Expression] | None:
    """List the parts that look outside the row; None where one looks at more than its columns."""
    if isinstance(expression, Number | Text) or _column(expression) is not None:
        return []
    if _is_outside(expression):
        return [expression]
    match expression:
        case Operation(operands=parts):
            return _join(parts)
        case Call(name=name, arguments=parts) if name not in _MOVING and parts:
            return _join(parts)
        case Call(name="true" | "false"):
            return []
        case Negation(operand=operand):
            return _list_outside(operand)
    return None


def _join(parts: tuple[Expression, ...]) -> list[Expression] | None:
    found: list[Expression] = []
    for part in parts:
        outside = _list_outside(part)
        if outside is None:
            return None
        found += outside
    return found


def _is_outside(expression: Expression) -> bool:
    """Tell whether an expression means the same for each row: no relative path, no position."""
    for part, is_inside in walk(expression):
        match part:
            case Path(is_absolute=False, start=None) if not is_inside:
                return False
            case Call(name=name, arguments=arguments):
                if name in _MOVING or (not arguments and name not in ("current", "today")):
                    return False
    return True
