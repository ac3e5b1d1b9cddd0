"""The verb of cards: put registry numbers on paper before they are anybody's."""

from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.fieldwork import errors
from gwa.fieldwork.models import Card
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.numbers import draw_card_number
from gwa.registry.models import Household
from gwa.zones.models import Zone

MOST = 500


@action
def print_cards(*, zone: Zone, count: int, actor: Actor, holder: User | None = None) -> list[str]:
    """Draw numbers for so many cards; none is a household's, and none was printed before."""
    if not 1 <= count <= MOST:
        raise errors.TooManyCards(most=MOST)
    now = timezone.now()
    numbers: list[str] = []
    while len(numbers) < count:
        numbers += _free({draw_card_number() for _ in range(count - len(numbers))} - set(numbers))
    Card.objects.bulk_create(
        Card(
            zone_path=zone.path,
            number=number,
            holder=holder,
            printed_at=now,
            printed_by=actor.label,
        )
        for number in numbers
    )
    record(
        "fieldwork.cards_printed", actor=actor, zone_path=zone.path, data={"cards": len(numbers)}
    )
    return numbers


def _free(numbers: set[str]) -> list[str]:
    """Leave out the numbers of households and of other cards, wherever they are."""
    with everywhere():
        homes = Household.objects.filter(registry_number__in=numbers)
        cards = Card.objects.filter(number__in=numbers)
        taken = set(homes.values_list("registry_number", flat=True))
        taken |= set(cards.values_list("number", flat=True))
    return sorted(numbers - taken)
