"""Correcting a person."""

import datetime as dt

import pytest

from gwa.registry import errors
from gwa.registry.actions import correct_person, mark_deceased
from gwa.registry.models import PersonName, SearchName, Statement, Version
from gwa.registry.rules.births import born_between, born_in_year
from gwa.testing.cast import FATOU, LATER, LATER_STILL, Cast, correction, interview


def correct(person, source=None, **changes):
    return correct_person(
        person=person,
        changes=changes,
        source=source or correction(),
        actor=FATOU,
        reason="carte vue",
    )


def test_a_name_is_corrected_and_found_under_its_new_spelling(cast: Cast):
    seydou = cast.person("Seydou")
    correct(seydou, given_name="Seïdou")
    names = SearchName.objects.filter(
        pk__in=PersonName.objects.filter(person=seydou).values("name")
    )
    assert set(names.values_list("text", flat=True)) == {"seidou diarra"}


def test_a_birth_on_paper_prevails_over_a_later_interview(cast: Cast):
    awa = cast.person("Awa")
    correct(awa, correction(LATER), birth=born_in_year(1985))
    after = correct(awa, interview(LATER_STILL), birth=born_between(1980, 1990))
    assert (after.birth_from, after.birth_precision) == (dt.date(1985, 1, 1), "year")
    assert Statement.objects.filter(subject_id=awa.pk, field="birth").count() == 3


def test_a_phone_is_never_kept_in_clear(cast: Cast):
    awa = cast.person("Awa")
    assert correct(awa, phone="+223 66 00 11 22").phone == "22366001122"
    older, newer = Statement.objects.filter(field="phone").order_by("id")
    assert (older.stated_value, newer.stated_value) == ("22376123456", "22366001122")
    assert "66001122" not in str(newer.value)
    assert correct(awa, phone="").phone == ""
    kept = Version.objects.filter(person_id=awa.pk, row_before__isnull=False)
    assert not any("66001122" in str(version.row_before) for version in kept)


def test_a_day_of_death_is_corrected_only_of_the_dead(cast: Cast):
    kadia = cast.person("Kadia")
    with pytest.raises(errors.FieldNotCorrectable):
        correct(kadia, deceased_on=LATER)
    mark_deceased(person=kadia, on=LATER, actor=FATOU)
    assert correct(kadia, deceased_on=LATER_STILL).deceased_on == LATER_STILL
    with pytest.raises(errors.DeathImpossible):
        correct(kadia, deceased_on=dt.date(1950, 1, 1))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"given_name": ""}, errors.ValueRefused),
        ({"sex": "?"}, errors.ValueRefused),
        ({"phone": "abc"}, errors.PhoneMalformed),
        ({"birth": born_in_year(2999)}, errors.BirthImpossible),
        ({"birth": "1975"}, errors.BirthImpossible),
        ({"status": "deceased"}, errors.FieldNotCorrectable),
        ({"given_name": "Awa"}, errors.NothingToCorrect),
    ],
)
def test_a_value_that_cannot_be_is_refused(cast: Cast, changes, refusal):
    with pytest.raises(refusal):
        correct(cast.person("Awa"), **changes)


def test_a_person_out_of_sight_is_unknown(cast: Cast):
    ghost = cast.person("Awa")
    ghost.pk = cast.household.pk
    with pytest.raises(errors.PersonUnknown):
        correct(ghost, given_name="X")
