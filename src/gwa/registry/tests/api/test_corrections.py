"""PATCH of households, persons and memberships: from the state that was read, with why."""

import pytest

from gwa.registry.models import Statement

pytestmark = pytest.mark.django_db


def tag_of(caller, address):
    return caller.get(address).headers["ETag"]


@pytest.fixture
def household(cast):
    return f"/households/{cast.household.pk}"


def correction(**changes):
    return {"changes": changes, "reason": "visite du partenaire"}


def test_a_value_is_corrected_and_the_tag_moves_on(caller, household):
    before = tag_of(caller, household)
    answer = caller.patch(
        household, correction(address="près du puits", lat=14.6, lon=-4.2), tag=before
    )
    assert (answer.status_code, answer.json()["address"]) == (200, "près du puits")
    assert answer.json()["lat"] == 14.6
    assert answer.headers["ETag"] == tag_of(caller, household) != before


def test_a_stale_tag_writes_nothing(caller, household):
    stale = tag_of(caller, household)
    caller.patch(household, correction(address="près du puits"), tag=stale)
    answer = caller.patch(household, correction(address="derrière l'école"), tag=stale)
    assert (answer.status_code, answer.json()["code"]) == (412, "api.tag_stale")
    assert caller.get(household).json()["address"] == "près du puits"


def test_without_a_tag_nothing_is_written(caller, household):
    answer = caller.patch(household, correction(address="x"), tag="")
    assert (answer.status_code, answer.json()["code"]) == (428, "api.tag_missing")


def test_why_is_asked(caller, household):
    for reason in ("", "   ", "ab\x00c", None):
        body = {"changes": {"address": "x"}, **({"reason": reason} if reason is not None else {})}
        answer = caller.patch(household, body, tag="*")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "reason"


def test_nothing_to_correct_is_said(caller, household):
    answer = caller.patch(household, correction(), tag="*")
    assert answer.json()["code"] == "registry.nothing_to_correct"


def test_a_surer_source_stays_in_force_and_the_word_is_kept(caller, cast, household):
    """A partner's file of long before does not outweigh the interview."""
    body = correction(address="ailleurs") | {"source": {"collected_on": "2020-01-01"}}
    answer = caller.patch(household, body, tag="*")
    assert (answer.status_code, answer.json()["address"]) == (200, "derrière la mosquée")
    said = Statement.objects.get(subject_id=cast.household.pk, field="address")
    assert (said.stated_value, said.is_in_force) == ("ailleurs", False)


def test_a_person_is_corrected(caller, cast):
    address = f"/persons/{cast.person('Binta').pk}"
    body = correction(everyday_name="Bintou", birth_date="2008-04-05", phone="70 00 00 02")
    answer = caller.patch(address, body, tag=tag_of(caller, address))
    found = answer.json()
    assert answer.status_code == 200
    assert (found["everyday_name"], found["phone"]) == ("Bintou", "22370000002")
    # An interview knows a birth better than a partner's file: the word is kept beside.
    assert (found["birth_from"], found["birth_precision"]) == ("2008-01-01", "year")
    assert Statement.objects.filter(field="birth", is_in_force=False).count() == 1
    assert caller.patch(address, body, tag='"x"').status_code == 412


def test_a_birth_is_said_in_one_way(caller, cast):
    body = correction(birth_date="2008-04-05", birth_year=2008)
    answer = caller.patch(f"/persons/{cast.person('Binta').pk}", body, tag="*")
    assert answer.json()["errors"][0]["code"] == "birth_one_way"


def test_a_membership_is_corrected(caller, cast):
    address = f"/memberships/{cast.membership('Binta').pk}"
    body = correction(relationship="fostered_child", is_absent=True)
    answer = caller.patch(address, body, tag=tag_of(caller, address))
    assert answer.status_code == 200
    assert (answer.json()["relationship"], answer.json()["is_absent"]) == ("fostered_child", True)
    assert caller.patch(address, body, tag='"stale"').status_code == 412


def test_a_household_elsewhere_is_not_there(neighbour, household):
    assert neighbour.patch(household, correction(address="x"), tag="*").status_code == 404
