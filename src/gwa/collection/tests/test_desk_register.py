"""A household is registered at the desk: whole, once, and only with what it needs."""

import pytest

from gwa.collection.tests.desk_scene import CHILD, HEAD, WIFE, Desk, said, sit_down
from gwa.registry.models import Household, Identifier, Source
from gwa.testing.accounts import browser_of, make_account


@pytest.fixture
def desk(cast, dictionary) -> Desk:
    """The commune agent of Socoura at the desk."""
    agent = make_account("commune_agent", cast.places.socoura)
    return sit_down(browser_of(agent), agent, cast)


def test_a_household_enters_with_its_members_and_the_sheet_is_gone(desk):
    desk.fill({**HEAD, "nina": "11801234567890K", "phone": "76 11 22 33"}, WIFE, CHILD)
    answer = desk.register()
    assert answer.status_code == 302, said(answer)
    household = Household.objects.get(pk=desk.id)
    assert answer["Location"] == f"/households/{household.pk}/"
    assert household.zone == desk.cast.places.sevare
    assert household.address == "près du puits"
    assert str(household.last_interview_on) == "2026-10-01"
    names = household.memberships.values_list("person__given_name", "relationship")
    assert set(names) == {("Moussa", "head"), ("Assitan", "spouse"), ("Adama", "child")}
    assert household.answers["consent_sharing"] is False
    assert (household.source.kind, household.source.label) == (
        Source.Kind.PAPER, "fiche n° F-12 · commune_agent",
    )  # fmt: skip
    number = Identifier.objects.get(person__given_name="Moussa")
    assert number.value == "11801234567890K"
    assert desk.told() is None
    page = desk.client.get(answer["Location"]).content.decode()
    assert "Le ménage est enregistré" in page
