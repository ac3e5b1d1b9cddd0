"""True, false, and what depends on them."""

import math

from gwa.questionnaires.xform.xpath.functions.table import (
    MANY,
    Function,
    number_of,
    text_of,
)
from gwa.questionnaires.xform.xpath.values import Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate, is_true


def _if(context: Context, condition: Evaluate, then: Evaluate, otherwise: Evaluate) -> Value:
    return then(context) if is_true(condition(context)) else otherwise(context)


def _coalesce(context: Context, first: Evaluate, second: Evaluate) -> str:
    return text_of(context, first) or text_of(context, second)


def _once(context: Context, calculation: Evaluate) -> str:
    """Keep what is already there."""
    return context.world.read(context.node) or text_of(context, calculation)


def _truths(context: Context, argument: Evaluate) -> list[bool]:
    value = argument(context)
    if isinstance(value, list):
        return [bool(context.world.read(node).strip()) for node in value]
    return [is_true(value)]


def _checklist(context: Context, least: Evaluate, most: Evaluate, *arguments: Evaluate) -> bool:
    count = sum(sum(_truths(context, argument)) for argument in arguments)
    return _is_between(context, count, least, most)


def _weigh(context: Context, least: Evaluate, most: Evaluate, *pairs: Evaluate) -> bool:
    weight = 0.0
    for argument, weights in zip(pairs[::2], pairs[1::2], strict=True):
        numbers = context.world.numbers_of(weights(context))
        for is_counted, number in zip(_truths(context, argument), numbers, strict=False):
            weight += number if is_counted else 0
    return _is_between(context, weight, least, most)


def _is_between(context: Context, number: float, least: Evaluate, most: Evaluate) -> bool:
    """Tell whether a number is between two others; -1 stands for no limit."""
    above, below = number_of(context, least), number_of(context, most)
    return (above == -1 or number >= above) and number <= (math.inf if below == -1 else below)


LOGIC = {
    "true": Function(0, 0, lambda _context: True),
    "false": Function(0, 0, lambda _context: False),
    "not": Function(1, 1, lambda context, value: not is_true(value(context))),
    "boolean": Function(1, 1, lambda context, value: is_true(value(context))),
    "boolean-from-string": Function(
        1, 1, lambda context, value: text_of(context, value) in ("1", "true")
    ),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once),
    "depend": Function(1, MANY, lambda context, value, *_others: value(context)),
    "checklist": Function(2, MANY, _checklist),
    "weighted-checklist": Function(2, MANY, _weigh),
}
