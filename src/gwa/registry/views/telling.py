"""What queries give, in the shapes of the shared components: facts and stories."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gwa.common.display import Change, Fact, StoryEvent
from gwa.registry.models import Source
from gwa.registry.queries.differences import Difference
from gwa.registry.queries.household_page import HouseholdPage
from gwa.registry.queries.person_page import PersonPage
from gwa.registry.queries.story import StoryLine, say_source
from gwa.registry.words import call_household, show_day


def tell(lines: Sequence[StoryLine]) -> list[StoryEvent]:
    """Return the story's lines as events: when, who, why, what changed."""
    return [
        StoryEvent(
            at=line.at,
            title=" · ".join(line.actions),
            actor=line.actor,
            reason=line.reason,
            source=line.source,
            changes=[
                Change(f"{one.subject} · {one.field}", one.before, one.after)
                for one in line.differences
            ],
        )
        for line in lines
    ]


def title_of(page: HouseholdPage) -> str:
    """Call the household by its head: Ménage d’Awa Traoré; by its number when nobody leads it."""
    head = page.head.person if page.head else None
    return call_household(head, page.household.registry_number)


def facts_of_household(page: HouseholdPage) -> list[Fact]:
    """Return what is known of the household itself."""
    household = page.household
    return [
        Fact(_("État"), household.get_status_display()),
        Fact(_("Adresse"), household.address),
        Fact(_("Concession"), household.compound.name if household.compound else ""),
        Fact(_("Répondant"), household.respondent),
        Fact(_("Bénéficiaire du versement"), household.recipient),
        Fact(_("Enregistré le"), show_day(household.registered_on)),
        Fact(
            _("Dernier entretien"),
            show_day(household.last_interview_on) if household.last_interview_on else _("jamais"),
        ),
        Fact(_("Source"), say_source(household.source)),
    ]


def places_of(page: HouseholdPage) -> list[Fact]:
    """Return the household's places, each called by its name: attachment, place now, origin."""
    household = page.household
    places = [
        Fact(
            _("Rattachement"),
            page.place.full_name,
            note=_("depuis le %(day)s") % {"day": show_day(household.attached_on)},
        )
    ]
    if page.place_now:
        since = household.place_now_since
        kind = household.get_place_now_kind_display()
        note = f"{kind}, {_('depuis le %(day)s') % {'day': show_day(since)}}" if since else kind
        places.append(Fact(_("Lieu actuel"), page.place_now.full_name, note=note))
    if page.origin and page.origin_place:
        arrived = page.origin.arrived_on
        note = _("arrivé le %(day)s") % {"day": show_day(arrived)} if arrived else ""
        places.append(Fact(_("Origine"), page.origin_place.full_name, note=note))
    return places


def map_label(page: HouseholdPage) -> str:
    """Say what the map shows, and what it keeps to itself."""
    if page.position is None:
        if page.household.is_position_hidden:
            return _("Position cachée : la carte montre le lieu de rattachement.")
        return _("Position inconnue : la carte montre le lieu de rattachement.")
    if page.position.is_rounded:
        return _("Ménage déplacé : position arrondie à une dizaine de kilomètres.")
    return _("Position du ménage.")


def facts_of_person(page: PersonPage) -> list[Fact]:
    """Return what is known of the person."""
    person = page.person
    return [
        Fact(_("Prénom"), person.given_name),
        Fact(pgettext("family name", "Nom"), person.family_name),
        Fact(_("Nom de tous les jours"), person.everyday_name),
        Fact(_("Sexe"), person.get_sex_display()),
        Fact(_("Naissance"), page.birth, note=person.get_birth_known_by_display()),
        Fact(_("Nom du père"), person.father_name),
        Fact(_("Nom de la mère"), person.mother_name),
        Fact(_("Source"), say_source(person.source)),
    ]


def losing_values(losers: Sequence[tuple[Difference, Source]]) -> list[Fact]:
    """Return values that a source gave and that are not in force."""
    return [
        Fact(said.field, said.after or _("rien"), note=say_source(source))
        for said, source in losers
    ]
