"""One function of an expression: how many arguments it takes, and what it does with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gwa.questionnaires.xform.xpath.values import Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate

Run: TypeAlias = Callable[..., Value]
MANY = 1000


@dataclass(frozen=True, slots=True)
class Function:
    """`run` gets the context and its arguments unevaluated: it may need only some of them."""

    least: int
    most: int
    run: Run


def text_of(context: Context, argument: Evaluate) -> str:
    """Evaluate an argument to text."""
    value = argument(context)
    return value if isinstance(value, str) else context.world.text(value)


def number_of(context: Context, argument: Evaluate) -> float:
    """Evaluate an argument to a number."""
    return context.world.number(argument(context))


def texts_of(context: Context, arguments: tuple[Evaluate, ...]) -> list[str]:
    """Evaluate arguments to texts, a node-set giving one for each of its elements."""
    return [text for one in arguments for text in context.world.texts_of(one(context))]


def numbers_of(context: Context, arguments: tuple[Evaluate, ...]) -> list[float]:
    """Evaluate arguments to numbers, a node-set giving one for each of its elements."""
    return [number for one in arguments for number in context.world.numbers_of(one(context))]
