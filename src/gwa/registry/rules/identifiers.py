"""Numbers that other bodies give: their form, and what looks odd without being refused.

The NINA has 14 digits and a control letter whose algorithm is not public: the form alone is
checked. What its digits say of sex and year is told by one source only, so the layout is
configuration and a disagreement is a warning.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from gwa.registry.rules.facts import BirthFacts

NINA = "nina"
LONGEST = 40
_NINA = re.compile(r"[0-9]{14}[A-Z]")
_ORDINARY = re.compile(r"[0-9A-Z][0-9A-Z/]{2,39}")
_DECORATION = re.compile(r"[\s.\-_]")

SEX_DIFFERS = "sex"
YEAR_DIFFERS = "year"


@dataclass(frozen=True, slots=True)
class NinaLayout:
    """Where a NINA is said to carry the sex and the year of birth (positions from 0)."""

    sex_at: int
    female: str
    male: str
    year_at: int


# Read by the check and again by who writes it: the last ones are remembered.
@lru_cache(maxsize=1024)
def parse_identifier(kind: str, typed: str) -> str | None:
    """Return the value as it is kept: capitals, no decoration; None when it cannot be one."""
    plain = _DECORATION.sub("", typed.upper())
    form = _NINA if kind == NINA else _ORDINARY
    return plain if form.fullmatch(plain) else None


def odd_in_nina(
    value: str, layout: NinaLayout | None, sex: str, birth: BirthFacts | None
) -> tuple[str, ...]:
    """Say what in the number does not agree with the person; nothing is ever refused for it."""
    if layout is None:
        return ()
    odd = []
    if value[layout.sex_at] != {"F": layout.female, "M": layout.male}.get(sex):
        odd.append(SEX_DIFFERS)
    years = range(birth.first.year, birth.last.year + 1) if birth else None
    told = value[layout.year_at : layout.year_at + 2]
    if years is not None and told not in {f"{year % 100:02d}" for year in years}:
        odd.append(YEAR_DIFFERS)
    return tuple(odd)
