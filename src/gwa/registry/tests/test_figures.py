"""Figures of the zones."""

import datetime as dt
from collections import Counter

from django.utils import timezone

from gwa.common.scope import scoped
from gwa.registry import upkeep
from gwa.registry.actions import (
    dissolve_household,
    mark_deceased,
    set_place_now,
)
from gwa.registry.models import FiguresRun, PersonName, ZoneFigure
from gwa.registry.queries.figures import refresh_figures
from gwa.testing.cast import FATOU, LATER, Cast
from gwa.zones.models import Zone


def figures(zone: Zone) -> Counter[str]:
    return Counter(dict(ZoneFigure.objects.filter(zone=zone).values_list("measure", "value")))


def test_every_zone_counts_its_whole_subtree(cast: Cast):
    upkeep.refresh_figures()
    for zone, households, persons in (
        (cast.places.sevare, 2, 6),
        (cast.places.socoura, 2, 6),
        (cast.places.mopti, 2, 6),
        (cast.places.gao, 1, 1),
        (cast.places.country, 3, 7),
    ):
        assert (figures(zone)["households"], figures(zone)["persons"]) == (households, persons)
    assert figures(cast.places.konna) == {}


def test_each_measure_counts_what_it_says(cast: Cast):
    set_place_now(
        household=cast.far, zone=cast.places.sevare, kind="host", since=LATER, actor=FATOU
    )
    upkeep.refresh_figures()
    counted = figures(cast.places.country)
    assert counted["female_headed"] == 2
    assert counted["displaced"] == 1
    assert counted["women"] == 5
    assert counted["located"] == 1
    assert counted["over_60"] == 1
    assert counted["updated_12_months"] == 0


def test_interviews_are_counted_by_their_day(cast: Cast):
    cast.interviewed(cast.far, LATER)
    for on, year, two_years in (
        (LATER + dt.timedelta(days=365), 1, 1),
        (LATER + dt.timedelta(days=366), 0, 1),
        (LATER + dt.timedelta(days=800), 0, 0),
    ):
        refresh_figures(on=on, now=timezone.now())
        counted = figures(cast.places.berrah)
        assert (counted["updated_12_months"], counted["updated_24_months"]) == (year, two_years)


def test_somebody_of_two_hearths_is_counted_once(cast: Cast):
    cast.second_hearth("Aïcha")
    upkeep.refresh_figures()
    assert figures(cast.places.country)["persons"] == 7
    assert figures(cast.places.sevare)["persons"] == 6


def test_the_dead_and_the_dissolved_are_not_counted(cast: Cast):
    mark_deceased(person=cast.person("Kadia"), on=LATER, actor=FATOU)
    dissolve_household(household=cast.neighbours, on=LATER, actor=FATOU, reason="x")
    upkeep.refresh_figures()
    counted = figures(cast.places.sevare)
    assert (counted["households"], counted["persons"], counted["closed_households"]) == (1, 3, 1)


def test_a_zone_that_everybody_left_loses_its_figures(cast: Cast):
    upkeep.refresh_figures()
    dissolve_household(household=cast.far, on=LATER, actor=FATOU, reason="x")
    upkeep.refresh_figures()
    assert figures(cast.places.gao) == {"closed_households": 1}


def test_figures_that_stay_are_not_written_again(cast: Cast):
    upkeep.refresh_figures()
    before = dict(ZoneFigure.objects.values_list("pk", "value"))
    first = FiguresRun.objects.get().computed_at
    assert upkeep.refresh_figures() == 0
    assert dict(ZoneFigure.objects.values_list("pk", "value")) == before
    assert FiguresRun.objects.get().computed_at > first
    mark_deceased(person=cast.person("Kadia"), on=LATER, actor=FATOU)
    upkeep.refresh_figures()
    after = dict(ZoneFigure.objects.values_list("pk", "value"))
    changed = ZoneFigure.objects.filter(
        pk__in=[pk for pk, value in before.items() if after.get(pk) != value]
    )
    assert not changed.filter(measure="households").exists()
    assert changed.filter(measure="persons").count() == 5


def test_a_commune_agent_reads_the_figures_of_one_commune(cast: Cast):
    upkeep.refresh_figures()
    with scoped([cast.places.socoura.path]):
        seen = set(ZoneFigure.objects.values_list("zone__name", flat=True))
    assert seen == {"Socoura", "Sévaré"}


def test_the_search_tables_are_made_again(cast: Cast):
    before = set(PersonName.objects.values_list("person_id", "zone_path"))
    assert upkeep.rebuild_search() == 8
    assert set(PersonName.objects.values_list("person_id", "zone_path")) == before
