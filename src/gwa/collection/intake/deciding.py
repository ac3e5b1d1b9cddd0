"""What becomes of a group of lines: enters as new, changes what is known, or stays outside.

Decides and writes nothing: the job does what is decided, the preview says it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from uuid import UUID

from gwa.collection.intake.comparing import Known, Pairing, compare, pair
from gwa.collection.intake.groups import Detail, Understood
from gwa.collection.intake.matching import Match
from gwa.collection.models import Import
from gwa.registry.actions.bulk import HouseholdUpdate
from gwa.registry.rules.problems import Problem


class Fate(Enum):
    """The closed list of what may become of a group."""

    REGISTERED = auto()
    UPDATED = auto()
    UNCHANGED = auto()
    LEFT = auto()
    REFUSED = auto()


@dataclass(slots=True)
class Decision:
    """What becomes of a group, with what is needed to do it.

    `detail` is there where the group was compared or refused for what only the registry knows.
    """

    fate: Fate
    detail: Detail | None = None
    problems: Sequence[Problem] = ()
    found: Known | None = None
    pairing: Pairing = field(default_factory=Pairing)
    update: HouseholdUpdate | None = None


def decide(
    group: Understood,
    match: Match,
    *,
    known: Mapping[UUID, Known],
    numbers: dict[str, int],
    policy: str,
    detail_of: Callable[[Understood], Detail],
) -> Decision:
    """Decide on a group. `numbers`: registry numbers met so far, with their lines."""
    if group.is_loose:
        return Decision(Fate.REFUSED)
    number = group.registry_number
    if number is not None and numbers.setdefault(number, group.line) != group.line:
        facts = {"line": numbers[number]}
        repeated = Problem("collection.line_repeated", "registry_number", None, facts)
        return Decision(Fate.REFUSED, detail_of(group), [repeated])
    if match.households:
        decision = _decide_known(detail_of(group), group, match, known, policy)
        if decision is not None:
            return decision
    return Decision(Fate.REFUSED if group.prepared is None else Fate.REGISTERED)


def _decide_known(
    detail: Detail, group: Understood, match: Match, known: Mapping[UUID, Known], policy: str
) -> Decision | None:
    """Decide on a group that may be known; None where it is not."""
    found, pairing = _recognise(detail, group, match, known)
    if found is None:
        if match.numbered is None:
            return None
        invisible = Problem("collection.household_invisible", "registry_number")
        return Decision(Fate.REFUSED, detail, [invisible])
    if policy == Import.Known.REFUSE:
        refused = Problem("collection.household_known", "registry_number")
        return Decision(Fate.REFUSED, detail, [refused], found)
    if policy == Import.Known.LEAVE:
        return Decision(Fate.LEFT, detail, (), found, pairing)
    comparison = compare(detail, found, pairing)
    if comparison.problems:
        return Decision(Fate.REFUSED, detail, comparison.problems, found)
    fate = Fate.UNCHANGED if comparison.update is None else Fate.UPDATED
    return Decision(fate, detail, (), found, pairing, comparison.update)


def _recognise(
    detail: Detail, group: Understood, match: Match, known: Mapping[UUID, Known]
) -> tuple[Known | None, Pairing]:
    """Choose the household that the group is.

    A list's own key, or somebody's number, is believed only where somebody else agrees: keys are
    given anew, and daughters marry. Of several, the one that this key brought with these numbers
    comes first, though somebody of another household holds them.
    """
    numbers = frozenset(group.identifiers)
    brought = [key for key in match.listed if key in known and known[key].bears(numbers)]
    for key in dict.fromkeys((*brought, *match.households)):
        found = known.get(key)
        if found is None:
            continue
        pairing = pair(detail.members, found, match)
        if key == match.numbered:
            return found, pairing
        if pairing.members if key in match.listed else pairing.has_head(detail.members):
            return found, pairing
    return None, Pairing()
