"""Turn an expression into a function of its context, once; evaluate it as often as wanted."""

import math
import operator
from collections.abc import Callable
from functools import lru_cache

from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.comparison import (
    compile_bound,
    compile_comparison,
    compile_text_equality,
    is_order,
)
from gwa.questionnaires.xform.xpath.functions import compile_call
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.paths import as_nodes, compile_filter, compile_path
from gwa.questionnaires.xform.xpath.syntax import (
    Call,
    Expression,
    Filter,
    Negation,
    Number,
    Operation,
    Path,
    Text,
)
from gwa.questionnaires.xform.xpath.values import NAN
from gwa.questionnaires.xform.xpath.world import Context, Evaluate, is_true


@lru_cache(maxsize=20_000)
def compile_text(text: str) -> Evaluate:
    """Compile the text of an expression, or raise an `ExpressionError`."""
    return compile_expression(parse(text))


def compile_expression(expression: Expression) -> Evaluate:
    """Compile what was parsed."""
    match expression:
        case Number(value=number):
            return lambda _context: number
        case Text(value=text):
            return lambda _context: text
        case Call():
            return compile_call(expression, compile_expression)
        case Negation(operand=operand):
            return _compile_negation(compile_expression(operand))
        case Operation(operator=name, operands=(operand, Number(value=number))) if is_order(name):
            return compile_bound(name, compile_expression(operand), number)
        case Operation(operator="=" | "!=" as name, operands=(operand, Text(value=text))):
            return compile_text_equality(name, compile_expression(operand), text)
        case Operation(operator=name, operands=operands):
            return _compile_operation(name, tuple(map(compile_expression, operands)))
        case Filter():
            return compile_filter(expression, compile_expression)
        case Path():
            return compile_path(expression, compile_expression)


def _compile_negation(operand: Evaluate) -> Evaluate:
    return lambda context: -context.world.number(operand(context))


def _compile_operation(name: str, operands: tuple[Evaluate, ...]) -> Evaluate:
    match name:
        case "and":
            return _compile_and(operands)
        case "or":
            return _compile_or(operands)
        case "+":
            return _compile_sum(operands)
        case "|":
            return _compile_union(operands)
        case "-" | "*" | "div" | "mod":
            return _compile_arithmetic(_ARITHMETIC[name], *operands)
    return compile_comparison(name, *operands)


def _compile_and(operands: tuple[Evaluate, ...]) -> Evaluate:
    if len(operands) == 2:
        one, other = operands
        return lambda context: is_true(one(context)) and is_true(other(context))
    return lambda context: all(is_true(operand(context)) for operand in operands)


def _compile_or(operands: tuple[Evaluate, ...]) -> Evaluate:
    if len(operands) == 2:
        one, other = operands
        return lambda context: is_true(one(context)) or is_true(other(context))
    return lambda context: any(is_true(operand(context)) for operand in operands)


def _compile_sum(operands: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(context: Context) -> float:
        number = context.world.number
        total = number(operands[0](context))
        for operand in operands[1:]:
            total += number(operand(context))
        return total

    return evaluate


def _compile_union(operands: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(context: Context) -> list[Node]:
        seen: dict[int, Node] = {}
        for operand in operands:
            seen.update((id(node), node) for node in as_nodes(operand(context)))
        return list(seen.values())

    return evaluate


def _compile_arithmetic(
    calculate: Callable[[float, float], float], left: Evaluate, right: Evaluate
) -> Evaluate:
    def evaluate(context: Context) -> float:
        number = context.world.number
        return calculate(number(left(context)), number(right(context)))

    return evaluate


def _divide(dividend: float, divisor: float) -> float:
    if divisor:
        return dividend / divisor
    if not dividend or dividend != dividend or divisor != divisor:
        return NAN
    return math.copysign(math.inf, dividend) * math.copysign(1, divisor)


def _remain(dividend: float, divisor: float) -> float:
    if not divisor or math.isinf(dividend):
        return NAN
    return math.fmod(dividend, divisor)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _remain,
}
