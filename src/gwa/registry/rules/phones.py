"""Telephone numbers: as people write them, as they are kept, as they are shown."""

import re
from functools import lru_cache

MALI = "223"
MALI_DIGITS = 8
_NOT_DIGITS = re.compile(r"[\s.\-/()]")
_MALIAN = re.compile(r"[2-9]\d{7}")
_FOREIGN = re.compile(r"[1-9]\d{7,14}")


# Read by the check and again by who writes it: the last ones are remembered.
@lru_cache(maxsize=1024)
def parse_phone(typed: str) -> str | None:
    """Return the number as it is kept, digits with the country's code, or None when it is not one.

    A number without country code is Malian; another country's begins with `+` or `00`.
    """
    plain = _NOT_DIGITS.sub("", typed)
    if _MALIAN.fullmatch(plain):
        return MALI + plain
    for prefix in ("+", "00"):
        plain = plain.removeprefix(prefix)
    if plain.startswith(MALI):
        return plain if _MALIAN.fullmatch(plain.removeprefix(MALI)) else None
    is_international = typed.strip().startswith(("+", "00"))
    return plain if is_international and _FOREIGN.fullmatch(plain) else None


def show_phone(kept: str) -> str:
    """Return the number as it is read aloud: `76 12 34 56`, `+33612345678`."""
    if kept.startswith(MALI) and len(kept) == len(MALI) + MALI_DIGITS:
        local = kept.removeprefix(MALI)
        return " ".join(local[start : start + 2] for start in range(0, MALI_DIGITS, 2))
    return f"+{kept}" if kept else ""
