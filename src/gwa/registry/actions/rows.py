"""Rows made from facts: persons, memberships, households. Inner steps of the actions."""

import datetime as dt
from collections.abc import Mapping
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from gwa.common.ids import new_id
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_columns,
    check_day,
    check_settlement,
    lock_living,
)
from gwa.registry.actions.numbers import draw_number
from gwa.registry.models import Compound, Household, Membership, Person, Relationship, Source
from gwa.registry.rules.births import is_possible_birth
from gwa.registry.rules.entries import Days, days_asked
from gwa.registry.rules.facts import BirthFacts, HouseholdFacts, MemberFacts, PersonFacts, Position
from gwa.registry.rules.numbers import is_registry_number
from gwa.registry.rules.phones import parse_phone
from gwa.variables.errors import AnswersRefused
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.answers import check_answers as find_problems
from gwa.variables.rules.definitions import Answers, Level
from gwa.zones.models import Zone

_NAMES = ("given_name", "family_name", "everyday_name", "father_name", "mother_name")
_TRIES = 5


def tidy(text: str) -> str:
    """Keep the spelling of a name, without stray spaces."""
    return " ".join(text.split())


def read_phone(typed: str) -> str:
    """Return the number as it is kept; an empty text is no phone."""
    if not typed.strip():
        return ""
    number = parse_phone(typed)
    if number is None:
        raise errors.PhoneMalformed
    return number


def check_birth(birth: BirthFacts) -> None:
    """Refuse a birth that cannot be."""
    is_known_word = birth.precision in Person.BirthPrecision.values
    if not is_known_word or not is_possible_birth(birth, timezone.localdate()):
        raise errors.BirthImpossible


def set_birth(person: Person, birth: BirthFacts | None) -> None:
    """Write what is known of a birth; saves nothing."""
    if birth is not None:
        check_birth(birth)
    person.birth_from = birth.first if birth else None
    person.birth_to = birth.last if birth else None
    person.birth_precision = birth.precision if birth else ""
    person.birth_known_by = birth.known_by if birth else ""


def make_person(facts: PersonFacts, *, zone_path: str, source: Source, asked: Days) -> Person:
    """Add a human being that the registry did not know, who was asked between two days."""
    person = Person(
        id=facts.id or new_id(),
        **{name: tidy(getattr(facts, name)) for name in _NAMES},
        sex=facts.sex,
        zone_path=zone_path,
        answers=dict(facts.answers),
        dictionary_version_id=facts.dictionary_version_id,
        source=source,
    )
    set_birth(person, facts.birth)
    person.set_phone(read_phone(facts.phone))
    check_columns(person, [*_NAMES, "sex", "birth_known_by"])
    check_answers(
        facts.answers,
        facts.dictionary_version_id,
        Level.PERSON,
        ages=person.age_range(*asked),
    )
    person.save(force_insert=True)
    return person


def make_membership(
    facts: MemberFacts,
    *,
    household: Household,
    on: dt.date,
    source: Source,
    asked: Days | None = None,
) -> Membership:
    """Put a new or known person into a locked household. Asked on the source's day unless told."""
    if isinstance(facts.person, PersonFacts):
        person = make_person(
            facts.person,
            zone_path=household.zone_path,
            source=source,
            asked=asked or days_asked(None, source.collected_on),
        )
    else:
        person = lock_living(Person(pk=facts.person))
        check_not_counted(person, facts)
    return start_membership(person, facts, household=household, on=on, source=source)


def check_not_counted(person: Person, facts: MemberFacts) -> None:
    """Refuse a second principal membership by name, before the constraint does."""
    current = Membership.objects.current().filter(person=person, is_principal=True)
    if facts.is_principal and current.exists():
        raise errors.CountedElsewhere


def start_membership(
    person: Person, facts: MemberFacts, *, household: Household, on: dt.date, source: Source
) -> Membership:
    """Start the membership of a person already locked or just made."""
    started_on = facts.started_on or on
    check_day(started_on, not_before=person.birth_from)
    if facts.relationship not in Relationship.values:
        raise errors.RelationshipRefused
    if Membership.objects.current().filter(household=household, person=person).exists():
        raise errors.AlreadyMember
    return Membership.objects.create(
        zone_path=household.zone_path,
        person=person,
        household=household,
        relationship=facts.relationship,
        is_head=facts.relationship == Relationship.HEAD,
        is_principal=facts.is_principal,
        is_absent=facts.is_absent,
        started_on=started_on,
        source=source,
    )


def make_household(facts: HouseholdFacts, *, source: Source) -> Household:
    """Add the row of a household under a number of its own."""
    zone = Zone.objects.select_related("geography").get(pk=facts.zone_id)
    check_settlement(zone)
    check_day(facts.registered_on)
    if facts.last_interview_on is not None:
        check_day(facts.last_interview_on)
    check_answers(facts.answers, facts.dictionary_version_id, Level.HOUSEHOLD)
    household = Household(
        id=facts.id or new_id(),
        zone=zone,
        zone_path=zone.path,
        attached_on=facts.registered_on,
        compound_id=facts.compound_id,
        address=tidy(facts.address),
        is_position_hidden=facts.is_position_hidden,
        answers=dict(facts.answers),
        dictionary_version_id=facts.dictionary_version_id,
        freshness=dict(facts.freshness),
        registered_on=facts.registered_on,
        last_interview_on=facts.last_interview_on,
        source=source,
    )
    set_position(household, facts.position)
    check_compound(household)
    check_columns(household, ["address"])
    return _save_under_number(household, facts.registry_number)


def _save_under_number(household: Household, given: str | None) -> Household:
    """Insert with the number given, or with the first random one that nobody has."""
    if given is not None and not is_registry_number(given):
        raise errors.RegistryNumberRefused
    for last_try in (*[False] * _TRIES, True):
        household.registry_number = given or draw_number()
        try:
            with transaction.atomic():
                household.save(force_insert=True)
            return household
        except IntegrityError:
            # Row-level security hides other zones' numbers: only the insert itself can tell.
            if given is not None or last_try:
                raise
    raise AssertionError("unreachable")


def set_position(household: Household, position: Position | None) -> None:
    """Write where the household is; saves nothing."""
    household.lon = position.lon if position else None
    household.lat = position.lat if position else None
    household.accuracy_m = position.accuracy_m if position else None
    if position and not (-180 <= position.lon <= 180 and -90 <= position.lat <= 90):
        raise errors.PositionOffEarth


def check_compound(household: Household) -> None:
    """Refuse a compound of another place."""
    if household.compound_id is None:
        return
    inside = Compound.objects.filter(pk=household.compound_id, zone_path=household.zone_path)
    if not inside.exists():
        raise errors.CompoundElsewhere


def check_answers(
    answers: Mapping[str, object],
    version_id: int | None,
    level: Level,
    *,
    ages: tuple[int, int] | None = None,
) -> None:
    """Refuse answers that the dictionary they were given with does not allow.

    `ages`: between which a person's age lay when the questions were asked.
    """
    if not answers:
        return
    version = DictionaryVersion.objects.filter(pk=version_id or 0).first()
    if version is None:
        raise errors.AnswersWithoutDictionary
    problems = find_problems(
        cast("Answers", answers),
        read_dictionary(version).at_level(level),
        age_range=ages,
    )
    if problems:
        raise AnswersRefused(problems)
