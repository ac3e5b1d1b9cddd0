"""A list enters: registered whole, read as it was meant."""

import pytest
from django.db import transaction

from gwa.collection.models import Import
from gwa.common.scope import everywhere
from gwa.registry.models import Household, Identifier, Membership, Person, PersonName


@pytest.fixture
def seen(lists):
    with transaction.atomic(), everywhere():
        yield


def test_a_household_enters_with_its_members(lists, family):
    done = lists.bring(*family)
    assert (done.status, done.failure) == (Import.Status.DONE, None)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        assert household.zone == lists.places.sevare
        assert household.address == "près du puits"
        assert household.answers == {"rooms": 3}
        members = Membership.objects.filter(household=household).order_by("started_on", "pk")
        assert [(m.person.given_name, m.relationship) for m in members] == [
            ("Awa", "head"),
            ("Binta", "child"),
            ("Seydou", "child"),
        ]
        awa = Person.objects.get(given_name="Awa")
        assert (awa.birth_from.isoformat(), awa.birth_precision) == ("1984-05-02", "day")
        assert awa.phone == "22376123456"
        assert Identifier.objects.get().value == "12345678901234A"
        assert PersonName.objects.count() == 3
        assert household.source.kind == "partner"
    assert done.counts["households_registered"] == 1
    assert done.counts["persons_registered"] == 3
    assert done.counts["lines"] == 4
