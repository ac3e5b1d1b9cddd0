"""Every screen of the registry opens for those who hold its right, and for nobody else."""

import pytest
from django.urls import reverse

from gwa.registry.urls import urlpatterns

HOUSEHOLD = [
    "household",
    "history",
    "correct",
    "attachment",
    "place_now",
    "back",
    "origin",
    "contacts",
    "add_member",
    "head",
    "split",
    "moved",
    "dissolve",
    "reopen",
    "undo",
    "attach",
    "map",
    "sheet",
]
PERSON = ["person", "person_correct", "join", "death", "withdraw_death", "add_identifier"]
MEMBERSHIP = ["link", "count_here", "remove_member"]


@pytest.mark.parametrize("name", HOUSEHOLD)
def test_the_screens_of_a_household_open(desk, cast, name):
    assert desk.get(reverse(f"registry:{name}", args=[cast.household.pk])).status_code == 200


@pytest.mark.parametrize("name", PERSON)
def test_the_screens_of_a_person_open(desk, cast, name):
    person = cast.person("Binta")
    assert desk.get(reverse(f"registry:{name}", args=[person.pk])).status_code == 200


@pytest.mark.parametrize("name", MEMBERSHIP)
def test_the_screens_of_a_membership_open(desk, cast, name):
    membership = cast.membership("Binta")
    assert desk.get(reverse(f"registry:{name}", args=[membership.pk])).status_code == 200


@pytest.mark.parametrize("name", ["home", "search", "claims"])
def test_the_other_screens_open(desk, name):
    assert desk.get(reverse(f"registry:{name}")).status_code == 200


@pytest.mark.parametrize("name", sorted(set(HOUSEHOLD) - {"household", "history", "map", "sheet"}))
def test_an_agent_without_the_right_changes_nothing(commune, cast, name):
    assert commune.get(reverse(f"registry:{name}", args=[cast.household.pk])).status_code == 403


@pytest.mark.parametrize("name", ["household", "history", "map", "sheet"])
def test_a_household_of_another_zone_does_not_exist(commune, cast, name):
    assert commune.get(reverse(f"registry:{name}", args=[cast.far.pk])).status_code == 404


def test_a_person_of_another_zone_does_not_exist(commune, cast):
    url = reverse("registry:person", args=[cast.person("Aïcha").pk])
    assert commune.get(url).status_code == 404


def test_no_address_of_the_registry_is_forgotten_here():
    elsewhere = {
        "answers",
        "person_answers",
        "document",
        "remove_document",
        "show_phone",
        "show_identifier",
        "verify",
        "end",
    }
    known = {*HOUSEHOLD, *PERSON, *MEMBERSHIP, "home", "search", "claims", *elsewhere}
    assert {pattern.name for pattern in urlpatterns} == known
