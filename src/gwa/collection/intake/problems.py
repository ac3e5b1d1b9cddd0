"""What is wrong with the lines of one group, put together."""

from collections.abc import Iterable, Sequence

from gwa.registry.rules.problems import Problem

_UNKNOWN_HOUSEHOLD = "collection.household_not_known"


def of_member(problem: Problem, place: int) -> Problem:
    """Return the problem as that of the member at a place of the group."""
    return Problem(problem.code, problem.field, place, problem.facts)


def merged(found: Sequence[Problem], more: Iterable[Problem]) -> list[Problem]:
    """All problems; a field that could not be read is not told to be missing besides.

    Nor is a head, where the relationships are unclear or the household itself has to come first.
    """
    named = {(problem.member, problem.field) for problem in found}
    may_have_head = any(
        problem.field == "relationship" or problem.code == _UNKNOWN_HOUSEHOLD for problem in found
    )
    return [
        *found,
        *(
            one
            for one in more
            if (one.member, one.field) not in named
            and not (may_have_head and one.code == "registry.head_not_one")
        ),
    ]
