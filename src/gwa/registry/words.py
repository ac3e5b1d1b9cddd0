"""How facts of the registry are said to people: births, fields, values."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from gwa.common.text import elides
from gwa.registry.models import Identifier, Person
from gwa.registry.rules import births
from gwa.registry.rules.facts import BirthFacts
from gwa.registry.rules.identifiers import NINA, odd_in_nina
from gwa.registry.rules.numbers import show_number
from gwa.registry.sources import nina_layout

_ODD = {
    "sex": _("Le NINA semble celui d’une personne de l’autre sexe : vérifiez la carte."),
    "year": _("Le NINA semble indiquer une autre année de naissance : vérifiez la carte."),
}


def show_day(day: dt.date) -> str:
    """Write a day as Malians do: 22/11/2026."""
    return date_format(day, "d/m/Y")


def say_birth(birth: BirthFacts | None) -> str:
    """Say what is known: 22/11/1982, mars 1982, vers 1975, entre 1960 et 1965."""
    if birth is None:
        return str(_("inconnue"))
    if birth.precision == births.DAY:
        return show_day(birth.first)
    if birth.precision == births.MONTH:
        return date_format(birth.first, "F Y")
    if birth.first.year == birth.last.year:
        return str(_("vers %(year)s")) % {"year": birth.first.year}
    years = {"first": birth.first.year, "last": birth.last.year}
    return str(_("entre %(first)s et %(last)s")) % years


def with_name(name: object, *, plain: str | Promise, elided: str | Promise) -> str:
    """Fill a name into the sentence that French writes before it: de Moussa, d’Awa."""
    return str(elided if elides(str(name)) else plain) % {"name": name}


def call_household(head: object | None, number: str = "") -> str:
    """Call a household by its head: Ménage d’Awa Traoré; by its number when nobody leads it."""
    if head is None:
        return str(_("Ménage %(number)s")) % {"number": show_number(number)}
    return with_name(head, plain=_("Ménage de %(name)s"), elided=_("Ménage d’%(name)s"))


def birth_of(person: Person) -> BirthFacts | None:
    """Return what is known of a person's birth as facts."""
    if person.birth_from is None or person.birth_to is None:
        return None
    return BirthFacts(
        person.birth_from, person.birth_to, person.birth_precision, person.birth_known_by
    )


def say_age(person: Person, on: dt.date) -> str:
    """Say an age in whole years, or the ages that it may be: 34 ans, 30 à 35 ans."""
    ages = person.age_range(on)
    if ages is None:
        return str(_("âge inconnu"))
    youngest, oldest = ages
    if youngest == oldest:
        return ngettext("%(age)s an", "%(age)s ans", oldest) % {"age": oldest}
    return str(_("%(youngest)s à %(oldest)s ans")) % {"youngest": youngest, "oldest": oldest}


def odd_identifier(identifier: Identifier) -> list[str]:
    """Say what in a NINA does not agree with its person. Warnings: nothing is refused for them."""
    if identifier.kind != NINA:
        return []
    person = identifier.person
    odd = odd_in_nina(identifier.value, nina_layout(), person.sex, birth_of(person))
    return [str(_ODD[name]) for name in odd]


HOUSEHOLD_FIELDS: dict[str, str | Promise] = {
    "registry_number": _("Numéro RSU"),
    "status": _("État"),
    "zone_id": _("Rattachement"),
    "attached_on": _("Rattaché depuis"),
    "address": _("Adresse"),
    "compound_id": _("Concession"),
    "position": _("Position GPS"),
    "is_position_hidden": _("Position cachée"),
    "place_now_id": _("Lieu actuel"),
    "place_now_kind": _("Nature du lieu actuel"),
    "place_now_since": _("Au lieu actuel depuis"),
    "respondent_id": _("Répondant"),
    "recipient_id": _("Bénéficiaire du versement"),
    "merged_into_id": _("Fusionné dans"),
    "dictionary_version_id": _("Version du questionnaire"),
    "registered_on": _("Enregistré le"),
    "last_interview_on": _("Dernier entretien"),
    "ended_on": _("Fin"),
}
PERSON_FIELDS: dict[str, str | Promise] = {
    "given_name": _("Prénom"),
    "family_name": pgettext_lazy("family name", "Nom"),
    "everyday_name": _("Nom de tous les jours"),
    "father_name": _("Nom du père"),
    "mother_name": _("Nom de la mère"),
    "sex": _("Sexe"),
    "birth": _("Naissance"),
    "phone": _("Téléphone"),
    "status": _("État"),
    "deceased_on": _("Décédé le"),
    "merged_into_id": _("Fusionné dans"),
    "dictionary_version_id": _("Version du questionnaire"),
}
MEMBERSHIP_FIELDS: dict[str, str | Promise] = {
    "relationship": _("Lien avec le chef"),
    "is_principal": _("Compté dans ce ménage"),
    "is_absent": _("Absent"),
    "started_on": _("Membre depuis"),
    "ended_on": _("Membre jusqu’au"),
    "end_reason": _("Motif du départ"),
}
IDENTIFIER_FIELDS: dict[str, str | Promise] = {
    "kind": _("Nature du numéro"),
    "value_sealed": _("Numéro"),
    "issuer": _("Émetteur"),
    "is_claim": _("Réclamé, à arbitrer"),
    "verified_on": _("Vérifié le"),
    "verified_by": _("Vérifié par"),
    "ended_on": _("En vigueur jusqu’au"),
}
DOCUMENT_FIELDS: dict[str, str | Promise] = {
    "title": _("Titre"),
    "removed_at": _("Retiré le"),
}
ORIGIN_FIELDS: dict[str, str | Promise] = {
    "zone_id": _("Lieu d’origine"),
    "arrived_on": _("Arrivé le"),
}
COMPOUND_FIELDS: dict[str, str | Promise] = {
    "name": _("Nom de la concession"),
    "position": _("Position GPS"),
    "started_on": _("Depuis"),
    "ended_on": _("Jusqu’au"),
}
FIELDS = {
    "registry_household": HOUSEHOLD_FIELDS,
    "registry_person": PERSON_FIELDS,
    "registry_membership": MEMBERSHIP_FIELDS,
    "registry_identifier": IDENTIFIER_FIELDS,
    "registry_document": DOCUMENT_FIELDS,
    "registry_householdorigin": ORIGIN_FIELDS,
    "registry_compound": COMPOUND_FIELDS,
}
SUBJECTS: dict[str, str | Promise] = {
    "registry_household": _("Ménage"),
    "registry_householdorigin": _("Origine"),
    "registry_compound": _("Concession"),
    "registry_document": _("Document"),
}
MODIFIED = _("modifié")
SEALED = _("protégé")
YES, NO = _("oui"), _("non")
NOT_KEPT = _("valeur non retenue")
