"""Numbers. What has no value gives NaN, as in JavaScript, and never an error."""

import math
from collections.abc import Callable

from gwa.questionnaires.xform.xpath.functions.table import (
    MANY,
    Function,
    number_of,
    numbers_of,
)
from gwa.questionnaires.xform.xpath.values import NAN
from gwa.questionnaires.xform.xpath.world import Context, Evaluate


def _curve(calculate: Callable[..., float], count: int = 1) -> Function:
    """Make a function of one or two numbers out of Python's, which refuses where this is NaN."""

    def run(context: Context, *arguments: Evaluate) -> float:
        try:
            return calculate(*(number_of(context, argument) for argument in arguments))
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return NAN

    return Function(count, count, run)


def _truncate(number: float) -> float:
    return number if _is_boundless(number) else float(math.trunc(number))


def _is_boundless(number: float) -> bool:
    return number != number or math.isinf(number)


def _logarithm(calculate: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else calculate(number)


def _round(context: Context, value: Evaluate, *decimals: Evaluate) -> float:
    """Round to the nearest, and away from nought where two are as near, as phones do."""
    number = number_of(context, value)
    digits = number_of(context, decimals[0]) if decimals else 0.0
    if _is_boundless(number) or _is_boundless(digits):
        return NAN if digits != digits else number
    try:
        scale = 10.0 ** int(digits)
        return math.copysign(math.floor(abs(number) * scale + 0.5) / scale, number)
    except (OverflowError, ZeroDivisionError):
        return NAN


def _own_number(context: Context, *value: Evaluate) -> float:
    return number_of(context, value[0]) if value else context.world.number([context.node])


def _extreme(choose: Callable[[list[float]], float]) -> Function:
    def run(context: Context, *arguments: Evaluate) -> float:
        numbers = numbers_of(context, arguments)
        return NAN if not numbers or any(n != n for n in numbers) else float(choose(numbers))

    return Function(1, MANY, run)


def _sum(context: Context, nodes: Evaluate) -> float:
    numbers = numbers_of(context, (nodes,))
    return sum(numbers) if numbers else NAN


def _power(base: float, exponent: float) -> float:
    if exponent == 0:
        return 1.0
    result = base**exponent
    return NAN if isinstance(result, complex) else result


NUMBERS = {
    "number": Function(0, 1, _own_number),
    "int": _curve(_truncate),
    "round": Function(1, 2, _round),
    "floor": _curve(lambda number: number if _is_boundless(number) else float(math.floor(number))),
    "ceiling": _curve(lambda number: number if _is_boundless(number) else float(math.ceil(number))),
    "abs": _curve(abs),
    "sum": Function(1, 1, _sum),
    "max": _extreme(max),
    "min": _extreme(min),
    "pow": _curve(_power, 2),
    "sqrt": _curve(math.sqrt),
    "exp": _curve(math.exp),
    "exp10": _curve(lambda number: 10.0**number),
    "log": _curve(_logarithm(math.log)),
    "log10": _curve(_logarithm(math.log10)),
    "pi": Function(0, 0, lambda _context: math.pi),
    "sin": _curve(math.sin),
    "cos": _curve(math.cos),
    "tan": _curve(math.tan),
    "asin": _curve(math.asin),
    "acos": _curve(math.acos),
    "atan": _curve(math.atan),
    "atan2": _curve(math.atan2, 2),
}
