"""What an expression may look at, and how its values become texts, numbers and truths there."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.values import (
    NAN,
    CannotTell,
    Moment,
    Value,
    read_number,
    write_number,
)


def _is_always_relevant(_node: Node) -> bool:
    return True


def _name_nothing(_place: Node, _code: str) -> str:
    raise CannotTell("jr:choice-name")


@dataclass(slots=True)
class World:
    """One interview on one day. `document` stands above the root; so does each list's node.

    `now` is None where nobody knows the hour: what asks for it cannot be told.
    """

    document: Node
    today: dt.date
    now: dt.datetime | None = None
    zone: dt.tzinfo = dt.UTC
    lists: Mapping[str, Node] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    # Decides whether an element is relevant, the first time that somebody asks for its value.
    settle: Callable[[Node], bool] = _is_always_relevant
    name_choice: Callable[[Node, str], str] = _name_nothing
    # The nodes at each absolute path: a tree does not change while it is checked.
    found: dict[int, list[Node]] = field(default_factory=dict)
    # The day of the interview, as `today()` gives it.
    midnight: Moment = field(init=False)

    def __post_init__(self) -> None:
        """Compute once what does not change."""
        self.midnight = Moment(dt.datetime.combine(self.today, dt.time(), self.zone))

    def read(self, node: Node) -> str:
        """Give the value of an element; an irrelevant one has none."""
        is_relevant = node.is_relevant
        if is_relevant is None:
            is_relevant = self.settle(node)
        return node.text if is_relevant else ""

    def text(self, value: Value) -> str:
        """Give a value as text; a node-set is its first element."""
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return self.read(value[0]) if value else ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return write_number(value)

    def number(self, value: Value) -> float:
        """Give a value as a number; dates are days since 1970, and nothing is NaN."""
        if isinstance(value, float):
            return value
        if isinstance(value, list):
            value = self.read(value[0]) if value else ""
        if isinstance(value, str):
            return read_number(value, self.zone) if value else NAN
        return float(value)

    def texts_of(self, value: Value) -> list[str]:
        """Give each element of a node-set as text, or the one text of any other value."""
        if not isinstance(value, list):
            return [self.text(value)]
        return [self.read(node) for node in value]

    def numbers_of(self, value: Value) -> list[float]:
        """Give each element of a node-set as a number, or the one number of any other value."""
        if not isinstance(value, list):
            return [self.number(value)]
        return [read_number(text, self.zone) if text else NAN for text in map(self.read, value)]


def is_true(value: Value) -> bool:
    """Tell whether a value counts as true: a number but 0, a text but none, a node-set but none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    return len(value) > 0


class Context:
    """Where an expression is evaluated: `.` is `node`, `current()` is where it was written."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(
        self,
        world: World,
        node: Node,
        current: Node | None = None,
        position: int = 1,
        size: int = 1,
    ) -> None:
        self.world = world
        self.node = node
        self.current = node if current is None else current
        self.position = position
        self.size = size


Evaluate: TypeAlias = Callable[[Context], Value]
