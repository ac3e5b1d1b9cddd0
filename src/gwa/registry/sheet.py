"""The sheet of a household on paper, drawn by Typst: what one hands over or files.

Sensitive answers, numbers, phones and the origin are never on it.
"""

import datetime as dt
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.common.paper import draw_paper, draw_qr
from gwa.registry.models import Membership
from gwa.registry.queries.household_page import HouseholdPage, MemberLine
from gwa.registry.rules.numbers import show_number

_TEMPLATE = Path(__file__).parent / "templates" / "registry" / "sheet.typ"


def draw_sheet(page: HouseholdPage, *, printed_by: str, on: dt.date) -> bytes:
    """Return the sheet as PDF."""
    household = page.household
    head = page.head.person if page.head else None
    content = {
        "language": get_language() or "fr",
        "title": _("Fiche de ménage"),
        "registry": _("Registre social unifié"),
        "number_label": _("Numéro RSU"),
        "number": show_number(household.registry_number),
        "facts": [
            [_("Chef de ménage"), str(head) if head else _("aucun")],
            [_("Lieu"), page.place.full_name],
            [_("Adresse"), household.address or _("non renseigné")],
            [_("État"), household.get_status_display()],
            [_("Enregistré le"), f"{household.registered_on:%d/%m/%Y}"],
            [_("Dernier entretien"), _day(household.last_interview_on)],
            [_("Personnes comptées"), str(page.counted)],
        ],
        "members_title": _("Membres"),
        "columns": [_("Nom"), _("Sexe"), _("Naissance"), _("Âge"), _("Lien avec le chef")],
        "members": [_member(line) for line in page.members],
        "secondary_note": _("* second foyer : comptée dans un autre ménage")
        if any(not line.membership.is_principal for line in page.members)
        else "",
        "footer": _(
            "Imprimé le %(day)s par %(person)s. Données personnelles : à garder en lieu sûr."
        )
        % {"day": f"{on:%d/%m/%Y}", "person": printed_by},
        "page_of": _("page"),
    }
    return draw_paper(_TEMPLATE, content=content, qr=draw_qr(household.registry_number))


def _member(line: MemberLine) -> list[str]:
    person, membership = line.person, line.membership
    star = "" if membership.is_principal else " *"
    return [
        f"{person}{star}",
        person.get_sex_display(),
        line.birth,
        line.age,
        _link(membership),
    ]


def _link(membership: Membership) -> str:
    link = str(membership.get_relationship_display())
    return f"{link} ({_('absent')})" if membership.is_absent else link


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _("jamais")
