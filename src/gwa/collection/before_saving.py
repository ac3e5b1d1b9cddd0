"""What is searched before a household is registered: the place of the duplicate search.

Each search takes the household as it would be saved and says what a clerk should look at first, as
warnings. None is here yet; deduplication, which lies below, adds its own:
`SEARCHES.append(find_look_alikes)`.
"""

from collections.abc import Callable, Sequence

from gwa.registry.rules.facts import HouseholdFacts, MemberFacts
from gwa.registry.rules.problems import Problem

Search = Callable[[HouseholdFacts, Sequence[MemberFacts]], list[Problem]]

SEARCHES: list[Search] = []


def search_before_saving(
    household: HouseholdFacts, members: Sequence[MemberFacts]
) -> list[Problem]:
    """Return what every search has to say, in their order."""
    return [problem for search in SEARCHES for problem in search(household, members)]
