"""Sheets to be cut: the cards that households keep, the badges that enumerators wear."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from gwa.common.paper import draw_paper, draw_qr
from gwa.fieldwork.models import Badge
from gwa.registry.rules.numbers import show_number
from gwa.zones.models import Zone

_TEMPLATES = Path(__file__).parent / "templates" / "fieldwork"


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
    return draw_paper(
        _TEMPLATES / "cards.typ", content=content, codes=[draw_qr(number) for number in numbers]
    )


def draw_badges(badges: Sequence[tuple[Badge, str]]) -> bytes:
    """Return the sheet as PDF, ten badges a page; each with the address that its code opens."""
    content = {
        "title": _("Badges"),
        "registry": _("Registre social unifié"),
        "photo": _("photo"),
        "promise": _("L’inscription est gratuite. Vérifiez ce badge avec le code ou à l’adresse :"),
        "badges": [
            {
                "name": badge.user.full_name,
                "function": badge.user.profile.name if badge.user.profile else "",
                "organisation": badge.user.organisation.name if badge.user.organisation else "",
                "validity": _validity(badge),
                "code": badge.code,
                "url": url,
            }
            for badge, url in badges
        ],
    }
    return draw_paper(
        _TEMPLATES / "badges.typ", content=content, codes=[draw_qr(url) for _one, url in badges]
    )


def _validity(badge: Badge) -> str:
    if badge.valid_until is None:
        return ""
    return _("Valable jusqu’au %(day)s") % {"day": f"{badge.valid_until:%d/%m/%Y}"}
