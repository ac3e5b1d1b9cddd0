"""The registry number: twelve digits that say nothing of anybody and catch slips of the pen.

Ten random digits, the first not zero (spreadsheets drop leading zeros), and two check digits of
ISO 7064 MOD 97-10: every wrong digit and every swap of two neighbours is found.
"""

import re

PAYLOAD_DIGITS = 10
LENGTH = 12
SMALLEST = 10 ** (PAYLOAD_DIGITS - 1)
LARGEST = 10**PAYLOAD_DIGITS - 1
# Numbers from here on are printed on cards, and drawn for nothing else.
CARDS_FROM = 9 * SMALLEST

# What hands write for a digit on paper forms.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DECORATION = re.compile(r"^(RSU|N[°O])+|[^0-9A-Z]")


def complete_number(payload: int) -> str:
    """Return the registry number made of ten digits and their check."""
    if not SMALLEST <= payload <= LARGEST:
        raise ValueError("the payload of a registry number has ten digits, the first not zero")
    return f"{payload}{98 - payload * 100 % 97:02d}"


def is_registry_number(number: str) -> bool:
    """Tell whether the text is a well-formed number whose check digits agree."""
    return (
        len(number) == LENGTH
        and number.isascii()
        and number.isdigit()
        and number[0] != "0"
        and int(number) % 97 == 1
    )


def parse_number(typed: str) -> str | None:
    """Return the number that a person typed or read from paper, or None when it is not one."""
    plain = _DECORATION.sub("", re.sub(r"\s", "", typed.upper())).translate(_LOOKALIKES)
    return plain if is_registry_number(plain) else None


def show_number(number: str) -> str:
    """Return the number in groups of four, as it is read aloud."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
