"""What an interview may violate: a closed list."""

from dataclasses import dataclass, field
from enum import StrEnum

from gwa.questionnaires.xform.definitions import Path, Texts
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.functions.nodes import place_of


class ViolationKind(StrEnum):
    """The closed list of violations. `what` is the answer, unless said otherwise."""

    # An answer to what should not have been asked.
    NOT_RELEVANT = "not_relevant"
    REQUIRED = "required"
    CONSTRAINT = "constraint"
    # Not a number, not a date, not the name of a file…; `what` is the type.
    TYPE = "type"
    # A choice that was not offered; `what` is its code.
    NOT_A_CHOICE = "not_a_choice"
    # The form computes something else; `what` is what it computes.
    CALCULATION = "calculation"
    # There are more rounds, or fewer, than the form says; `what` is how many it says.
    COUNT = "count"
    # One question, two answers.
    GIVEN_TWICE = "given_twice"
    # The form has no such question.
    UNKNOWN_PLACE = "unknown_place"
    # What depends on a list that is not here was not checked; `what` is its name.
    LIST_MISSING = "list_missing"


# They are told and keep nobody from the registry: clocks, versions and phones differ.
WARNINGS = frozenset(
    {
        ViolationKind.CALCULATION,
        ViolationKind.COUNT,
        ViolationKind.UNKNOWN_PLACE,
        ViolationKind.LIST_MISSING,
    }
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong, where, and the form's own message about it in its languages.

    `numbers` are the rounds, one for each repeat on the way, and `where` writes both:
    `members[3]/name`. What does not refuse, warns.
    """

    kind: ViolationKind
    path: Path = ()
    numbers: tuple[int, ...] = ()
    where: str = ""
    what: str = ""
    messages: Texts = field(default_factory=dict)
    refuses: bool = True


def note(
    kind: ViolationKind,
    node: Node,
    what: str = "",
    messages: Texts | None = None,
    *,
    is_doubtful: bool = False,
) -> Violation:
    """Note a violation at an element; one of what phones read in two ways only warns."""
    names: list[str] = []
    written: list[str] = []
    numbers: list[int] = []
    while node.parent is not None and node.parent.parent is not None:
        names.append(node.name)
        written.append(node.name)
        if node.place is not None and node.place.is_repeat:
            numbers.append(place_of(node))
            written[-1] += f"[{numbers[-1]}]"
        node = node.parent
    return Violation(
        kind=kind,
        path=tuple(names[::-1]),
        numbers=tuple(numbers[::-1]),
        where="/".join(written[::-1]),
        what=what,
        messages=messages or {},
        refuses=not is_doubtful and kind not in WARNINGS,
    )
