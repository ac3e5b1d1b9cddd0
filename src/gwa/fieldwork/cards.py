"""What a number on a card is worth when an interview brings it."""

from collections.abc import Iterator

from gwa.common.scope import everywhere
from gwa.fieldwork.models import Card
from gwa.registry.models import Household
from gwa.registry.rules.numbers import show_number
from gwa.registry.rules.problems import Problem

_FIELD = "registry_number"


def check_number(number: str, known: Household | None) -> Iterator[Problem]:
    """Let a new household have the number of a card that was printed and given to nobody else.

    A household that has its number keeps it: another card is only remarked upon.
    """
    facts = {"number": show_number(number)}
    if known is not None:
        if known.registry_number != number:
            told = {"known": show_number(known.registry_number), **facts}
            yield Problem("fieldwork.card_not_needed", _FIELD, None, told, is_warning=True)
        return
    with everywhere():
        is_used = Household.objects.filter(registry_number=number).exists()
        is_card = Card.objects.filter(number=number).exists()
    if is_used:
        yield Problem("fieldwork.card_used", _FIELD, None, facts)
    elif not is_card:
        yield Problem("fieldwork.card_unknown", _FIELD, None, facts)
