"""What an expression is made of, as frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

# What a step may ask for that is no name.
NOT_NAMES = frozenset({"*", "node()", "text()"})


class ExpressionError(Exception):
    """An expression that no phone could evaluate, and the word that is wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class UnknownFunction(ExpressionError):
    """A function that neither the specification nor the phones know."""


class WrongArguments(ExpressionError):
    """A function with too few arguments, too many, or one it cannot take."""


@dataclass(frozen=True, slots=True)
class Number:
    """`18`."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """`'head'`."""

    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """`selected(., 'a')`. The name has the prefix that the form gave it."""

    name: str
    arguments: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    """`-x`."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """`a and b and c`: what chains has all its operands here, everything else has two."""

    operator: str
    operands: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Filter:
    """`(/data/member)[1]`: predicates over a whole node-set."""

    operand: "Expression"
    predicates: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `test` is a name, `*` or `node()`; `sources` are its predicates as written."""

    axis: str
    test: str
    predicates: "tuple[Expression, ...]" = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """`../age`, `/data/member/age`, `instance('zones')/root/item`: `start` is what comes first."""

    is_absolute: bool
    steps: tuple[Step, ...]
    start: "Expression | None" = None


Expression: TypeAlias = Number | Text | Call | Negation | Operation | Filter | Path


def walk(expression: Expression, *, is_inside: bool = False) -> Iterator[tuple[Expression, bool]]:
    """Give each part, and whether it stands in a predicate, where `.` is another node."""
    yield expression, is_inside
    match expression:
        case Call(arguments=parts) | Operation(operands=parts):
            for part in parts:
                yield from walk(part, is_inside=is_inside)
        case Negation(operand=operand):
            yield from walk(operand, is_inside=is_inside)
        case Filter(operand=operand, predicates=predicates):
            yield from walk(operand, is_inside=is_inside)
            for predicate in predicates:
                yield from walk(predicate, is_inside=True)
        case Path(start=start, steps=steps):
            if start is not None:
                yield from walk(start, is_inside=is_inside)
            for step in steps:
                for predicate in step.predicates:
                    yield from walk(predicate, is_inside=True)
        case _:
            pass
