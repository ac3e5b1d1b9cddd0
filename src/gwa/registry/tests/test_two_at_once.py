"""Two clerks change the same people at the same moment: one wins, the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.registry import errors
from gwa.registry.actions import (
    correct_person,
    dissolve_household,
    move_member,
    set_identifier,
)
from gwa.registry.models import Household, Identifier, Membership, Person
from gwa.testing.cast import FATOU, LATER, Cast, correction, make_cast
from gwa.testing.dumps import check_registry
from gwa.testing.places import make_places
from gwa.variables.models import DictionaryVersion


@pytest.fixture
def committed(transactional_db) -> Cast:
    """The cast, committed so that other connections see it."""
    with transaction.atomic(), everywhere():
        return make_cast(make_places())


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a transaction of its own, all started together; return what each got."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic(), everywhere():
                start.wait(timeout=10)
                results[number] = act()
        except (DomainError, IntegrityError) as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def move_to(household: Household) -> Callable[[], Membership]:
    return lambda: move_member(
        person=Person.objects.get(given_name="Binta"),
        to=household,
        relationship="spouse",
        on=LATER,
        source=correction(),
        actor=FATOU,
        reason="mariage",
    )


def test_two_moves_of_one_person(committed: Cast):
    won, lost = sorted(
        at_once(move_to(committed.neighbours), move_to(committed.far)),
        key=lambda result: isinstance(result, DomainError),
    )
    assert isinstance(won, Membership)
    assert isinstance(lost, errors.NotAMember | errors.DayOutOfOrder)
    with transaction.atomic(), everywhere():
        current = Membership.objects.current().get(person__given_name="Binta")
        assert current.household_id == won.household_id
        check_registry()


def test_a_move_into_a_household_that_closes(committed: Cast):
    closing, moving = at_once(
        lambda: dissolve_household(household=committed.far, on=LATER, actor=FATOU, reason="partie"),
        move_to(committed.far),
    )
    assert isinstance(closing, Household)
    with transaction.atomic(), everywhere():
        if isinstance(moving, Membership):
            assert Membership.objects.get(pk=moving.pk).ended_on == LATER
        else:
            assert isinstance(moving, errors.HouseholdNotActive)
        check_registry()


def test_one_number_for_two_persons(committed: Cast):
    def give(name: str) -> Callable[[], Identifier]:
        return lambda: set_identifier(
            person=Person.objects.get(given_name=name),
            kind="nina",
            value="12345678901234A",
            source=correction(),
            actor=FATOU,
        )

    first, second = at_once(give("Awa"), give("Aïcha"))
    assert sorted([first.is_claim, second.is_claim]) == [False, True]


def test_two_corrections_of_one_value(committed: Cast):
    def rename(name: str) -> Callable[[], Person]:
        return lambda: correct_person(
            person=Person.objects.get(given_name="Awa"),
            changes={"given_name": name},
            source=correction(),
            actor=FATOU,
            reason="carte vue",
        )

    at_once(rename("Hawa"), rename("Awah"))
    with transaction.atomic(), everywhere():
        assert Person.objects.filter(given_name__in=["Hawa", "Awah"]).count() == 1
        check_registry()


def test_a_dictionary_that_is_removed_while_answers_are_written_with_it(committed: Cast):
    """Whichever comes first, no answer is left without the dictionary that it is read with."""
    with transaction.atomic(), everywhere():
        draft = DictionaryVersion.objects.create(
            number=977,
            labels={"fr": "Essai", "en": "Trial"},
            content_hash="0" * 64,
            created_at=timezone.now(),
        )

    def remove() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM variables_dictionaryversion WHERE id = %s", [draft.pk])

    def ask() -> None:
        committed.with_dictionary(draft)

    results = at_once(remove, ask)
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    with transaction.atomic(), everywhere():
        is_there = DictionaryVersion.objects.filter(pk=draft.pk).exists()
        asked = Household.objects.filter(dictionary_version=draft.pk).exists()
        assert is_there == asked
        check_registry()
