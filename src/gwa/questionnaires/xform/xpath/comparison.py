"""Compare two values: numbers where one is a number, truths where one is a truth, texts otherwise.

A node-set equals, or is less than, what any of its elements equals or is less than.
"""

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

from gwa.questionnaires.xform.xpath.values import Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate, World, is_true

_Compare: TypeAlias = Callable[[Any, Any], bool]
_ORDER: dict[str, _Compare] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_comparison(name: str, left: Evaluate, right: Evaluate) -> Evaluate:
    """Compile `=`, `!=`, `<`, `<=`, `>` or `>=`."""
    if name in _ORDER:
        return _compile_order(_ORDER[name], left, right)
    return _compile_equality(operator.eq if name == "=" else operator.ne, left, right)


def is_order(name: str) -> bool:
    """Tell whether an operator puts in order."""
    return name in _ORDER


def compile_bound(name: str, operand: Evaluate, bound: float) -> Evaluate:
    """Compile `. < 120`: what most constraints are made of."""
    is_so = _ORDER[name]

    def evaluate(context: Context) -> bool:
        world = context.world
        value = operand(context)
        if isinstance(value, list) and len(value) != 1:
            return any(is_so(number, bound) for number in world.numbers_of(value))
        return is_so(world.number(value), bound)

    return evaluate


def compile_text_equality(name: str, operand: Evaluate, text: str) -> Evaluate:
    """Compile `../relation = 'head'`: what most conditions are made of."""
    is_so: Callable[[object, object], bool] = operator.eq if name == "=" else operator.ne

    def evaluate(context: Context) -> bool:
        value = operand(context)
        world = context.world
        if isinstance(value, list):
            if len(value) == 1:
                return is_so(world.read(value[0]), text)
            return any(is_so(world.read(node), text) for node in value)
        if isinstance(value, bool):
            return is_so(value, is_true(text))
        if isinstance(value, float):
            return is_so(value, world.number(text))
        return is_so(value, text)

    return evaluate


def _compile_order(is_so: _Compare, left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(context: Context) -> bool:
        world = context.world
        one, other = _unpack(world, left(context)), _unpack(world, right(context))
        if not isinstance(one, list) and not isinstance(other, list):
            return is_so(world.number(one), world.number(other))
        numbers = world.numbers_of(other)
        return any(is_so(number, than) for number in world.numbers_of(one) for than in numbers)

    return evaluate


def _unpack(world: World, value: Value) -> Value:
    """Take the only element of a node-set for its text: to compare, it is the same."""
    return world.read(value[0]) if isinstance(value, list) and len(value) == 1 else value


def _compile_equality(is_so: _Compare, left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(context: Context) -> bool:
        one, other = left(context), right(context)
        if isinstance(one, bool) or isinstance(other, bool):
            return is_so(is_true(one), is_true(other))
        world = context.world
        return _is_any(world, is_so, _unpack(world, one), _unpack(world, other))

    return evaluate


def _is_any(world: World, is_so: _Compare, one: Value, other: Value) -> bool:
    """Tell whether any element of one side and any of the other are equal, or differ."""
    if isinstance(one, str) and isinstance(other, str):
        return is_so(one, other)
    if isinstance(one, float) or isinstance(other, float):
        numbers = world.numbers_of(other)
        return any(is_so(number, than) for number in world.numbers_of(one) for than in numbers)
    texts = world.texts_of(other)
    return any(is_so(text, than) for text in world.texts_of(one) for than in texts)
