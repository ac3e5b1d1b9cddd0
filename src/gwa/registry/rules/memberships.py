"""Who may move, lead and leave: the decisions behind the actions on memberships."""

import datetime as dt
from collections.abc import Collection, Hashable

from gwa.registry.rules.facts import HEAD

# What a member was to the former head, and what the new head was → what the member is to the new
# one. Only what is certain; everything else becomes "other relative", which an operator corrects.
_AFTER_HEAD_LEAVES = {
    "spouse": {
        "child": "child",
        "fostered_child": "fostered_child",
        "grandchild": "grandchild",
        "child_in_law": "child_in_law",
        "nephew_niece": "nephew_niece",
    },
    "child": {
        "child": "sibling",
        "spouse": "parent",
    },
    "sibling": {
        "sibling": "sibling",
        "parent": "parent",
        "child": "nephew_niece",
    },
    "parent": {
        "sibling": "child",
        "child": "grandchild",
        "spouse": "child_in_law",
    },
}
_OTHER_RELATIVE = "other_relative"
_NOT_RELATED = "not_related"
_OF_FORMER_HEAD = {
    "spouse": "spouse",
    "child": "parent",
    "parent": "child",
    "sibling": "sibling",
    "not_related": _NOT_RELATED,
}


def link_after_change(member: str, new_head: str) -> str:
    """What a member is to the new head, from what both were to the former one."""
    if member == _NOT_RELATED or new_head == _NOT_RELATED:
        return _NOT_RELATED
    if member == HEAD:
        return _OF_FORMER_HEAD.get(new_head, _OTHER_RELATIVE)
    return _AFTER_HEAD_LEAVES.get(new_head, {}).get(member, _OTHER_RELATIVE)


def has_one_head(relationships: Collection[str]) -> bool:
    """Tell whether exactly one of the members leads."""
    return sum(relationship == HEAD for relationship in relationships) == 1


def is_whole_departure(leaving: Collection[Hashable], members: Collection[Hashable]) -> bool:
    """Tell whether nobody would stay: that is a move of the household, not a split."""
    return set(leaving) >= set(members)


def is_after(day: dt.date, earlier: dt.date) -> bool:
    """Tell whether something may end or follow on that day: strictly after it began."""
    return day > earlier


def is_past(day: dt.date, today: dt.date) -> bool:
    """Tell whether a fact may be stated for that day: today at the latest."""
    return day <= today
