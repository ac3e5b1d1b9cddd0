"""The sheet of cards: numbers with their codes, to be cut and given to households."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from gwa.common.paper import draw_paper, draw_qr
from gwa.registry.rules.numbers import show_number
from gwa.zones.models import Zone

_TEMPLATE = Path(__file__).parent / "templates" / "fieldwork" / "cards.typ"


def draw_cards(numbers: Sequence[str], zone: Zone) -> bytes:
    """Return the sheet as PDF: ten cards a page."""
    content = {
        "title": _("Cartes de ménage"),
        "registry": _("Registre social unifié"),
        "number_label": _("Numéro du ménage"),
        "promise": _("Gratuit. Cette carte ne promet aucune aide. Gardez-la."),
        "zone": zone.name,
        "cards": [{"number": show_number(number), "plain": number} for number in numbers],
    }
    return draw_paper(_TEMPLATE, content=content, codes=[draw_qr(number) for number in numbers])
