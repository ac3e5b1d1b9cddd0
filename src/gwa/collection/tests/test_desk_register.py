"""A household is registered at the desk: whole, once, and only with what it needs."""

import pytest
from django.urls import reverse

from gwa.collection import before_saving
from gwa.collection.tests.desk_scene import CHILD, HEAD, WIFE, Desk, said, sit_down
from gwa.journal.models import Entry
from gwa.registry.actions import set_identifier
from gwa.registry.models import Household, Identifier, Membership, Person, Source
from gwa.registry.rules.problems import Problem
from gwa.testing.accounts import browser_of, make_account
from gwa.testing.cast import FATOU, correction

REGISTERED = "registry.household_registered"


@pytest.fixture
def desk(cast, dictionary) -> Desk:
    """The commune agent of Socoura at the desk."""
    agent = make_account("commune_agent", cast.places.socoura)
    return sit_down(browser_of(agent), agent, cast)


@pytest.fixture
def operator_desk(cast, dictionary) -> Desk:
    """Fatou of the technical unit at the desk."""
    fatou = make_account("operator", username="fatou")
    return sit_down(browser_of(fatou), fatou, cast)


def nothing_entered(desk: Desk) -> bool:
    return not Household.objects.filter(pk=desk.id).exists() and desk.told() is not None


def test_a_household_enters_with_its_members_and_the_sheet_is_gone(desk):
    desk.fill({**HEAD, "nina": "11801234567890K", "phone": "76 11 22 33"}, WIFE, CHILD)
    answer = desk.register()
    assert answer.status_code == 302, said(answer)
    household = Household.objects.get(pk=desk.id)
    assert answer["Location"] == f"/households/{household.pk}/"
    assert household.zone == desk.cast.places.sevare
    assert household.address == "près du puits"
    assert str(household.last_interview_on) == "2026-10-01"
    assert household.freshness == {"identification": "2026-10-01"}
    names = household.memberships.values_list("person__given_name", "relationship")
    assert set(names) == {("Moussa", "head"), ("Assitan", "spouse"), ("Adama", "child")}
    assert household.answers["consent_sharing"] is False
    assert household.source.kind == Source.Kind.PAPER
    assert household.source.label == "fiche n° F-12 · Commune Agent"
    number = Identifier.objects.get(person__given_name="Moussa")
    assert number.value == "11801234567890K"
    assert desk.told() is None
    page = desk.client.get(answer["Location"]).content.decode()
    assert "Le ménage est enregistré" in page


def test_sending_the_last_step_twice_registers_once(desk):
    desk.fill()
    assert desk.register().status_code == 302
    again = desk.register()
    assert again["Location"] == f"/households/{desk.id}/"
    assert Entry.objects.filter(action=REGISTERED, subject_id=desk.id).count() == 1
    assert Person.objects.filter(given_name="Assitan").count() == 1
    page = desk.client.get(again["Location"]).content.decode()
    assert "déjà enregistré" in page


def test_everything_that_is_wrong_is_said_at_once_with_its_place(desk):
    desk.place(interviewed_on="")
    desk.members(
        {**HEAD, "relationship": ""},
        {**WIFE, "birth": "31/02/1990"},
        {**CHILD, "birth": "12/03/2031", "phone": "12"},
    )
    desk.close(**{"c-consent_registration": "false"})
    page = desk.register()
    assert page.status_code == 422
    problems = {
        (one["finding"].step, one["finding"].key, one["finding"].field)
        for one in page.context["problems"]
    }
    assert problems == {
        ("place", "", "interviewed_on"),
        ("members", "", "relationship"),
        ("members", "1", "relationship"),
        ("members", "2", "birth"),
        ("members", "3", "birth"),
        ("members", "3", "phone"),
        ("closing", "", "consent_registration"),
    }
    links = [one["url"] for one in page.context["problems"]]
    assert any(link.endswith("/members/?check=1#id_m2-birth") for link in links)
    assert nothing_entered(desk)


def test_the_link_of_a_problem_shows_it_beside_its_field(desk):
    desk.fill(HEAD, {**WIFE, "birth": "31/02/1990"})
    page = desk.client.get(desk.url("members") + "?check=1").content.decode()
    assert "« 31/02/1990 » n’est pas une date qui existe" in page
    assert 'id="id_m2-birth_error"' in page
    assert "n’est pas une date" not in desk.client.get(desk.url("members")).content.decode()


def test_a_step_goes_on_only_when_nothing_is_wrong_in_it(desk):
    assert desk.place(place="Nulle part").status_code == 200
    assert desk.place()["Location"] == desk.url("members")
    assert desk.members({**HEAD, "sex": ""}).status_code == 200
    assert desk.members(HEAD, WIFE)["Location"] == desk.url("household")
    assert desk.send("household", {"h-compound_households": "999"}).status_code == 200
    assert desk.send("household", {"h-rooms": "2"})["Location"] == desk.url("person", 1)
    assert desk.send("person", {}, 1)["Location"] == desk.url("person", 2)
    assert desk.send("person", {}, 2)["Location"] == desk.url("closing")
    assert desk.send("closing", {}).status_code == 200
    assert desk.close()["Location"] == desk.url("check")


def test_the_bar_leads_anywhere_and_keeps_what_is_typed(desk):
    answer = desk.members({**HEAD, "birth": "31/02/1990"}, go="closing")
    assert answer["Location"] == desk.url("closing")
    assert desk.told()["m1-birth"] == ["31/02/1990"]
    assert desk.members(HEAD, go="person:1")["Location"] == desk.url("person", 1)


def test_what_is_odd_is_registered_with_a_reason_and_not_without(desk):
    desk.fill(HEAD, WIFE, {**CHILD, "birth": "1950"})
    page = desk.register()
    assert page.status_code == 422
    assert page.context["problems"] == []
    assert len(page.context["warnings"]) == 1
    assert nothing_entered(desk)
    assert desk.register(reason="papier vu").status_code == 302
    line = Entry.objects.get(action="collection.registered_at_desk")
    assert (line.reason, line.data["accepted"]) == ("papier vu", ["collection.odd_ages"])


def test_the_agent_registers_in_the_commune_and_nowhere_else(desk):
    page = desk.place(zone=desk.cast.places.konna)
    assert "Aucun lieu de vos zones" in page.content.decode()
    desk.fill()
    forged = {"place-place": ["Konna village"], "place-zone_id": [str(desk.cast.places.konna.pk)]}
    assert desk.keep("place", forged).status_code == 204
    assert desk.register().status_code == 422
    assert nothing_entered(desk)
    found = desk.client.get(desk.url("places"), {"place-place": "Kon"}).content.decode()
    assert "Konna" not in found
    found = desk.client.get(desk.url("places"), {"place-place": "sev"}).content.decode()
    assert "Sévaré (quartier)" in found


def test_a_compound_is_opened_once_and_offered_to_the_next(desk):
    desk.fill()
    desk.place(new_compound="Chez les Dembélé")
    assert desk.register().status_code == 302
    compound = Household.objects.get(pk=desk.id).compound
    assert str(compound) == "Chez les Dembélé"
    where = desk.url("places")
    desk = sit_down(desk.client, desk.user, desk.cast)
    page = desk.client.get(where, {"place-place": "Sévaré"}).content.decode()
    assert "Chez les Dembélé" in page
    desk.fill()
    desk.place(compound=str(compound.pk), new_compound="une autre")
    assert desk.register().status_code == 302
    assert Household.objects.get(pk=desk.id).compound == compound


def test_questions_of_another_age_or_answer_are_neither_asked_nor_registered(desk):
    desk.fill()
    asked = desk.client.get(desk.url("person", 3)).content.decode()
    assert 'name="p3-marital_status"' not in asked
    assert 'name="p3-pregnant"' not in asked
    assert 'name="p2-pregnant"' in desk.client.get(desk.url("person", 2)).content.decode()
    desk.send("person", {"p2-pregnant": "no", "p2-marital_status": "married_monogamous"}, 2)
    desk.keep("person", {"p1-pregnant": ["yes"], "p1-absence_purpose": ["work"]}, 1)
    desk.send("household", {"h-assistance_received": "no", "h-assistance_kinds": ["cash"]})
    assert desk.register().status_code == 302
    wife, head = (Person.objects.get(given_name=name) for name in ("Assitan", "Moussa"))
    assert wife.answers == {"pregnant": "no", "marital_status": "married_monogamous"}
    assert head.answers == {}
    household = Household.objects.get(pk=desk.id)
    assert household.answers["assistance_received"] == "no"
    assert "assistance_kinds" not in household.answers
    assert household.freshness.keys() == {"identification", "assistance", "roster"}


def test_a_member_known_and_free_is_taken_as_is(operator_desk):
    desk, cast = operator_desk, operator_desk.cast
    binta = cast.person("Binta")
    desk.fill()
    assert desk.members(HEAD, take=str(binta.pk)).status_code == 302
    told = desk.told()
    assert told["m2-person"] == [str(binta.pk)]
    page = desk.register()
    assert "déjà comptée dans un autre ménage" in " ".join(said(page))
    known = {"person": str(binta.pk), "relationship": "fostered_child", "counted": "elsewhere"}
    desk.members(HEAD, known)
    assert desk.register().status_code == 302
    second = Membership.objects.get(household_id=desk.id, person=binta)
    assert (second.is_principal, second.relationship) == (False, "fostered_child")
    assert cast.membership("Binta").household == cast.household


def test_a_known_person_may_leave_the_household_where_they_were_counted(operator_desk):
    desk, cast = operator_desk, operator_desk.cast
    binta = cast.person("Binta")
    desk.fill()
    desk.members(HEAD, {"person": str(binta.pk), "relationship": "spouse", "counted": "here"})
    assert desk.register().status_code == 302
    assert cast.membership("Binta").household_id == desk.id
    left = cast.household.memberships.get(person=binta)
    assert left.ended_on is not None


def test_a_head_does_not_leave_without_a_successor(operator_desk):
    desk = operator_desk
    awa = desk.cast.person("Awa")
    desk.fill()
    desk.members(HEAD, {"person": str(awa.pk), "relationship": "sibling", "counted": "here"})
    page = desk.register()
    assert page.status_code == 422
    assert page.context["refusal"]
    assert nothing_entered(desk)
    assert desk.cast.membership("Awa").household == desk.cast.household


def test_a_number_that_somebody_holds_is_kept_as_claimed_and_told(desk):
    set_identifier(
        person=desk.cast.person("Awa"),
        kind="nina",
        value="11801234567890K",
        source=correction(),
        actor=FATOU,
    )
    desk.fill({**HEAD, "nina": "1180 1234 567890 k"})
    answer = desk.register()
    assert answer.status_code == 302, said(answer)
    assert Identifier.objects.get(person__given_name="Moussa").is_claim
    page = desk.client.get(answer["Location"]).content.decode()
    assert "déjà porté par une autre personne" in page


def test_only_those_who_may_change_members_take_somebody_out(desk):
    binta = desk.cast.person("Binta")
    desk.fill()
    desk.members(HEAD, {"person": str(binta.pk), "relationship": "spouse", "counted": "here"})
    assert desk.register().status_code == 422
    assert nothing_entered(desk)


def test_somebody_out_of_sight_is_neither_found_nor_taken(desk):
    aicha = desk.cast.person("Aïcha")
    found = desk.client.post(desk.url("people"), {"who": "Aïcha Walet"}).content.decode()
    assert "Personne ne répond dans vos zones" in found
    desk.members(HEAD, take=str(aicha.pk))
    assert "m2-person" not in desk.told()
    desk.fill(HEAD, {"person": str(aicha.pk), "relationship": "spouse"})
    assert "n’est pas dans vos zones" in " ".join(said(desk.register()))


def test_a_search_leaves_its_line_and_offers_the_living(desk):
    page = desk.client.post(desk.url("people"), {"who": "Binta Diarra"}).content.decode()
    assert str(desk.cast.person("Binta").pk) in page
    assert Entry.objects.filter(action="registry.searched").count() == 1


def test_what_a_search_before_saving_says_is_looked_at_first(desk, monkeypatch):
    odd = Problem("collection.odd_ages", "birth_date", 0, is_warning=True)
    monkeypatch.setattr(before_saving, "SEARCHES", [lambda household, members: [odd]])
    desk.fill()
    page = desk.register()
    assert [one["finding"].who for one in page.context["warnings"]] == ["Moussa Dembélé"]
    assert nothing_entered(desk)


def test_those_without_the_right_do_not_sit_at_the_desk(cast, dictionary):
    analyst = browser_of(make_account("analyst"))
    assert analyst.get(reverse("collection:desk")).status_code == 403
