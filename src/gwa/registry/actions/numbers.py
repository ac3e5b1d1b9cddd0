"""Drawing registry numbers. Those of cards and those of households without a card never meet."""

import secrets

from gwa.registry.rules.numbers import CARDS_FROM, LARGEST, SMALLEST, complete_number


def draw_number() -> str:
    """Draw the number of a household: random, and on no printed card."""
    return complete_number(SMALLEST + secrets.randbelow(CARDS_FROM - SMALLEST))


def draw_card_number() -> str:
    """Draw a number that is printed before it is anybody's."""
    return complete_number(CARDS_FROM + secrets.randbelow(LARGEST - CARDS_FROM + 1))
