"""The drawn country: counts of the reform, limits that fit, and a crosswalk with every case."""

import hashlib
import json

import numpy as np
import polars as pl
import pytest
import shapely

from gwa.testing.country import facts
from gwa.testing.country.mesh import GRID, country_outline
from gwa.testing.country.places import (
    ARRONDISSEMENT,
    CERCLE,
    COMMUNE,
    COUNTRY,
    CURRENT,
    FORMER,
    REGION,
    VILLAGE,
    Places,
    draw_places,
)


@pytest.fixture(scope="module")
def places() -> Places:
    return draw_places()


def _level(places: Places, geography: str, level: int) -> pl.DataFrame:
    return places.zones.filter(geography=geography, level=level)


@pytest.mark.parametrize(
    ("geography", "level", "count"),
    [
        (CURRENT, COUNTRY, 1),
        (CURRENT, REGION, 20),
        (CURRENT, CERCLE, 159),
        (CURRENT, ARRONDISSEMENT, 474),
        (CURRENT, COMMUNE, 815),
        (FORMER, COUNTRY, 1),
        (FORMER, REGION, 9),
        (FORMER, CERCLE, 49),
        (FORMER, COMMUNE, 703),
    ],
)
def test_each_geography_has_the_counts_of_the_law(places, geography, level, count):
    assert _level(places, geography, level).height == count


def test_there_are_12641_villages_quartiers_and_fractions(places):
    assert places.zones.filter(pl.col("level") >= VILLAGE).height == 12_641


def test_regions_carry_the_census_and_every_level_adds_up_to_it(places):
    census = {region.code: region.population for region in facts.regions()}
    regions = _level(places, CURRENT, REGION)
    assert dict(regions.select("code", "population").iter_rows()) == census
    for geography, level in ((CURRENT, COMMUNE), (FORMER, COMMUNE), (FORMER, REGION)):
        assert _level(places, geography, level)["population"].sum() == sum(census.values())


def test_a_parent_is_the_sum_of_its_children(places):
    zones = places.zones
    children = zones.group_by(number="parent").agg(below=pl.col("population").sum())
    both = zones.join(children, on="number", how="inner")
    assert both.height > 1400
    assert both.filter(pl.col("below") != pl.col("population")).is_empty()


def test_codes_are_unique_in_a_geography_and_begin_with_the_parents(places):
    zones = places.zones
    assert not zones.select("geography", "code").is_duplicated().any()
    below = zones.filter(pl.col("level") > REGION).join(
        zones.select(parent="number", upper="code"), on="parent"
    )
    assert below.filter(~pl.col("code").str.starts_with(pl.col("upper"))).is_empty()


def test_names_differ_within_a_commune(places):
    settlements = places.zones.filter(pl.col("level") >= VILLAGE)
    assert not settlements.select("parent", "name").is_duplicated().any()


@pytest.mark.parametrize(
    ("geography", "level"),
    [(CURRENT, REGION), (CURRENT, CERCLE), (CURRENT, COMMUNE), (FORMER, COMMUNE)],
)
def test_boundaries_fit_without_gap_or_overlap(places, geography, level):
    zones = _level(places, geography, level)
    if level == CERCLE:  # the district of Bamako has none
        zones = zones.vstack(_level(places, geography, REGION).filter(name="Bamako"))
    shapes = shapely.from_geojson(zones["shape"].to_numpy())
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.coverage_union_all(shapes)
    assert isinstance(whole, shapely.Polygon)
    assert not whole.interiors
    assert whole.symmetric_difference(country_outline()).area < GRID * country_outline().length


def test_settlements_lie_in_their_commune(places):
    communes = _level(places, CURRENT, COMMUNE)
    shapes = dict(
        zip(communes["number"], shapely.from_geojson(communes["shape"].to_numpy()), strict=True)
    )
    settlements = places.zones.filter(pl.col("level") >= VILLAGE)
    points = shapely.points(settlements["lon"], settlements["lat"])
    inside = shapely.covers(
        np.array([shapes[parent] for parent in settlements["parent"]], dtype=object), points
    )
    assert inside.all()


def test_boundaries_stay_compact(places):
    assert places.zones["shape"].drop_nulls().str.len_bytes().sum() < 2_000_000
    corner = json.loads(_level(places, CURRENT, REGION)["shape"][0])["coordinates"][0][0]
    assert all(round(number, 3) == number for number in corner)


def test_crosswalk_holds_unchanged_merged_split_and_ambiguous_communes(places):
    lines = places.crosswalk.with_columns(to=pl.len().over("old"), into=pl.len().over("new"))
    cases = {
        (row["split"], row["merged"])
        for row in lines.select(split=pl.col("to") > 1, merged=pl.col("into") > 1).iter_rows(
            named=True
        )
    }
    assert cases == {(False, False), (False, True), (True, False), (True, True)}
    assert lines["old"].n_unique() == 703
    assert lines["new"].n_unique() == 815


def test_shares_of_an_old_commune_add_up_to_one(places):
    sums = places.crosswalk.group_by("old").agg(pl.col("share").sum())["share"]
    assert sums.is_between(0.999, 1.001).all()


def test_the_country_is_drawn_the_same_twice(places):
    first = hashlib.sha256(places.zones.write_csv().encode()).hexdigest()
    draw_places.cache_clear()
    second = hashlib.sha256(draw_places().zones.write_csv().encode()).hexdigest()
    assert first == second
