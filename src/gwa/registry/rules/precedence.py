"""Which source is believed when two of them differ.

What lasts (names, birth) follows the better source, whenever it spoke. What changes (address,
answers) follows the latest day, then the better source. Ranks and fields are configuration.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Precedence:
    """The rule in force from one day: kinds of sources, best first, and the lasting fields."""

    valid_from: dt.date
    reference: str
    ranks: tuple[str, ...]
    lasting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """One source's word: what kind of source, on which day."""

    kind: str
    on: dt.date


def rule_in_force(rules: Sequence[Precedence], on: dt.date) -> Precedence:
    """Return the latest rule that had begun on that day; the first one for older days."""
    begun = [rule for rule in rules if rule.valid_from <= on]
    return max(begun or [min(rules, key=_begins)], key=_begins)


def _begins(rule: Precedence) -> dt.date:
    return rule.valid_from


def prevails(new: Word, current: Word, *, field: str, rule: Precedence) -> bool:
    """Tell whether the new word replaces the current one; between equals, the new one does."""
    better = _rank(new, rule) - _rank(current, rule)
    days = (new.on - current.on).days
    return (better, days) >= (0, 0) if field in rule.lasting else (days, better) >= (0, 0)


def _rank(word: Word, rule: Precedence) -> int:
    """Higher is better; a kind that the rule does not name comes after all others."""
    return -rule.ranks.index(word.kind) if word.kind in rule.ranks else -len(rule.ranks)
