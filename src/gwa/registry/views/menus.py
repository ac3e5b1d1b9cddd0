"""What this person may do on a page: only what their rights and the state of things allow."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.common.display import Text
from gwa.registry.models import Household, Person
from gwa.registry.queries.person_page import PersonPage

CORRECT = "registry.correct_household"
ATTACH = "registry.change_attachment"
MEMBERS = "registry.change_members"
CLOSE = "registry.close_household"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done."""

    label: Text
    url: str
    icon: str = "edit"


def household_menu(household: Household, reader: User) -> list[Entry]:
    """List what may be done to the household."""
    if household.status == Household.Status.MERGED:
        return []
    active = household.status == Household.Status.ACTIVE
    moved = household.status == Household.Status.MOVED
    offered = [
        (active, CORRECT, _("Corriger le ménage"), "correct", "edit"),
        (active, ATTACH, _("Changer le rattachement"), "attachment", "pin"),
        (active, ATTACH, _("Dire où est le ménage"), "place_now", "map"),
        (active, "registry.read_origin", _("Dire d’où vient le ménage"), "origin", "map"),
        (active, MEMBERS, _("Ajouter un membre"), "add_member", "plus"),
        (active, MEMBERS, _("Changer de chef"), "head", "person"),
        (active, CORRECT, _("Répondant et bénéficiaire"), "contacts", "people"),
        (active, "registry.attach_document", _("Joindre un document"), "attach", "upload"),
        (active, CLOSE, _("Diviser le ménage"), "split", "layers"),
        (active, CLOSE, _("Déclarer le ménage parti"), "moved", "right"),
        (active or moved, CLOSE, _("Dissoudre le ménage"), "dissolve", "x"),
        (not active, CLOSE, _("Rouvrir le ménage"), "reopen", "check"),
        (True, "registry.undo_change", _("Annuler la dernière modification"), "undo", "undo"),
    ]
    return _entries(offered, reader, household.pk)


def person_menu(page: PersonPage, reader: User) -> list[Entry]:
    """List what may be done to the person."""
    person = page.person
    alive = person.status == Person.Status.ALIVE
    deceased = person.status == Person.Status.DECEASED
    offered = [
        (not person.merged_into_id, CORRECT, _("Corriger la personne"), "person_correct", "edit"),
        (alive, "registry.set_identifier", _("Saisir un numéro"), "add_identifier", "key"),
        (alive, MEMBERS, _("Déplacer vers un autre ménage"), "join", "right"),
        (alive, MEMBERS, _("Déclarer le décès"), "death", "x"),
        (deceased, MEMBERS, _("Retirer la déclaration de décès"), "withdraw_death", "undo"),
    ]
    return _entries(offered, reader, person.pk)


def _entries(
    offered: Iterable[tuple[bool, str, Text, str, str]], reader: User, key: object
) -> list[Entry]:
    return [
        Entry(label, reverse(f"registry:{name}", args=[key]), icon)
        for is_offered, right, label, name, icon in offered
        if is_offered and reader.has_right(right)
    ]
