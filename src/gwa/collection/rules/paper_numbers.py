"""The number of a paper form: it says nothing of anybody, and catches slips of the pen.

A count, and two check digits of ISO 7064 MOD 97-10: `F-000042-69`.
"""

import re

_WRITTEN = re.compile(r"F?(\d{6,8})(\d{2})")
_DECORATION = re.compile(r"[^0-9A-Z]")


def write_paper_number(count: int) -> str:
    """Return the number of the so-manieth form printed."""
    if not 1 <= count < 10**8:
        raise ValueError("a paper form has a number from 1")
    return f"F-{count:06d}-{_check(count):02d}"


def read_paper_number(typed: str) -> str | None:
    """Return the number that somebody typed or read from paper; None where it is none of ours."""
    found = _WRITTEN.fullmatch(_DECORATION.sub("", typed.upper()))
    if found is None or int(found[2]) != _check(int(found[1])):
        return None
    return write_paper_number(int(found[1]))


def _check(count: int) -> int:
    return 98 - count * 100 % 97
