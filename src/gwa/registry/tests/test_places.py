"""The place where a household is now, and where it comes from."""

import datetime as dt

import pytest

from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import clear_place_now, set_origin, set_place_now
from gwa.registry.models import HouseholdOrigin
from gwa.testing.cast import FATOU, LATER, Cast


def place_at(cast: Cast, zone, kind="displacement_site", since=LATER):
    return set_place_now(household=cast.far, zone=zone, kind=kind, since=since, actor=FATOU)


def test_a_displaced_household_keeps_its_attachment(cast: Cast):
    placed = place_at(cast, cast.places.sevare)
    assert (placed.zone, placed.place_now) == (cast.places.berrah, cast.places.sevare)
    assert placed.zone_path == cast.places.berrah.path


def test_it_may_come_back(cast: Cast):
    place_at(cast, cast.places.sevare)
    back = clear_place_now(household=cast.far, actor=FATOU)
    assert (back.place_now, back.place_now_kind, back.place_now_since) == (None, "", None)
    with pytest.raises(errors.NoPlaceNow):
        clear_place_now(household=cast.far, actor=FATOU)


def test_a_place_now_that_cannot_be_is_refused(cast: Cast):
    with pytest.raises(errors.PlaceNowIsAttachment):
        place_at(cast, cast.places.berrah)
    with pytest.raises(errors.ZoneNotSettlement):
        place_at(cast, cast.places.gao)
    with pytest.raises(errors.ValueRefused):
        place_at(cast, cast.places.sevare, kind="lune")
    with pytest.raises(errors.DayInFuture):
        place_at(cast, cast.places.sevare, since=dt.date(2999, 1, 1))


def test_an_origin_is_kept_apart_and_the_journal_does_not_tell_it(cast: Cast):
    set_origin(household=cast.household, zone=cast.places.kel_gossi, actor=FATOU)
    set_origin(household=cast.household, zone=cast.places.kel_gossi, arrived_on=LATER, actor=FATOU)
    origin = HouseholdOrigin.objects.get()
    assert (origin.zone, origin.arrived_on) == (cast.places.kel_gossi, LATER)
    assert origin.zone_path == cast.places.sevare.path
    assert all(line.data == {} for line in Entry.objects.filter(action="registry.origin_set"))
