"""Correcting a household: who is believed, and what stays beside it."""

import datetime as dt

import pytest

from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import correct_household, dissolve_household
from gwa.registry.models import Household, Statement
from gwa.registry.rules.facts import Position
from gwa.testing.cast import FATOU, LATER, LATER_STILL, REGISTERED_ON, Cast, correction, interview
from gwa.variables.errors import AnswersRefused


def correct(household: Household, source=None, reason="erreur de saisie", **changes) -> Household:
    return correct_household(
        household=household,
        changes={name.replace("__", "."): value for name, value in changes.items()},
        source=source or correction(),
        actor=FATOU,
        reason=reason,
    )


def test_a_value_is_replaced_and_the_older_one_stays_beside_it(cast: Cast):
    corrected = correct(cast.household, address="  près du  marché ")
    assert corrected.address == "près du marché"
    said = Statement.objects.filter(subject_id=cast.household.pk, field="address")
    assert [(one.value, one.source.kind, one.is_in_force) for one in said.order_by("id")] == [
        ("derrière la mosquée", "interview", False),
        ("près du marché", "operator", True),
    ]
    line = Entry.objects.get(action="registry.household_corrected")
    assert line.data == {"changed": ["address"], "set_aside": []}
    assert line.reason == "erreur de saisie"


def test_of_what_changes_the_latest_word_wins(cast: Cast):
    correct(cast.household, correction(LATER_STILL), address="quartier neuf")
    after = correct(cast.household, interview(LATER), address="ancien quartier")
    assert after.address == "quartier neuf"
    aside = Statement.objects.get(field="address", value="ancien quartier")
    assert not aside.is_in_force
    assert Statement.objects.get(field="address", is_in_force=True).value == "quartier neuf"
    assert Entry.objects.filter(data__set_aside=["address"]).count() == 1


def test_of_what_lasts_the_better_source_wins_whatever_its_day(cast: Cast):
    first = dt.date(2024, 1, 8)
    correct(cast.household, correction(LATER), registered_on=first)
    after = correct(cast.household, interview(LATER_STILL), registered_on=REGISTERED_ON)
    assert after.registered_on == first


def test_a_position_is_corrected_as_a_whole(cast: Cast):
    corrected = correct(cast.household, position=Position(-4.2, 14.6, 5.0))
    assert (corrected.lon, corrected.lat, corrected.accuracy_m) == (-4.2, 14.6, 5.0)
    assert correct(cast.household, position=None).lon is None


def test_answers_are_read_with_their_dictionary(cast: Cast, dictionary):
    household = cast.with_dictionary(dictionary)
    assert correct(household, answers__rooms=3).answers == {"rooms": 3}
    assert correct(household, answers__rooms=None).answers == {}
    with pytest.raises(AnswersRefused):
        correct(household, answers__rooms="beaucoup")


def test_answers_without_a_dictionary_are_refused(cast: Cast):
    with pytest.raises(errors.AnswersWithoutDictionary):
        correct(cast.household, answers__rooms=3)


@pytest.mark.parametrize("field", ["status", "zone_id", "registry_number", "answers.", "nothing"])
def test_what_has_a_verb_of_its_own_is_not_corrected_here(cast: Cast, field):
    with pytest.raises(errors.FieldNotCorrectable):
        correct(cast.household, **{field: "x"})


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"address": "derrière la mosquée"}, errors.NothingToCorrect),
        ({"address": "x" * 201}, errors.ValueRefused),
        ({"registered_on": None}, errors.ValueRefused),
        ({"registered_on": dt.date(2999, 1, 1)}, errors.DayInFuture),
        ({"position": Position(0.0, 91.0)}, errors.PositionOffEarth),
        ({"position": "ici"}, errors.PositionOffEarth),
        ({"compound": "là"}, errors.CompoundElsewhere),
    ],
)
def test_a_value_that_cannot_be_is_refused(cast: Cast, changes, refusal):
    with pytest.raises(refusal):
        correct(cast.household, **changes)
    assert not Statement.objects.exists()


def test_a_reason_is_needed(cast: Cast):
    with pytest.raises(errors.ReasonMissing):
        correct(cast.household, reason="  ", address="ailleurs")


def test_a_closed_household_is_reopened_first(cast: Cast):
    dissolve_household(household=cast.far, on=LATER, actor=FATOU, reason="partie")
    with pytest.raises(errors.HouseholdNotActive) as refused:
        correct(cast.far, address="ailleurs")
    assert "dissous" in refused.value.sentence
