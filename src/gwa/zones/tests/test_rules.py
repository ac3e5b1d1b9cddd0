"""The decisions on zones, case by case."""

from decimal import Decimal

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gwa.zones.models import Level, lies_in, paths_above
from gwa.zones.rules import levels
from gwa.zones.rules.crosswalk import Part, Passage, cross
from gwa.zones.rules.differences import compare
from gwa.zones.rules.facts import ZoneFacts
from gwa.zones.rules.geometry import NotAShape, clean, unite


def test_rules_and_tables_speak_of_the_same_levels():
    assert {level.name: level.value for level in Level} == {
        name: getattr(levels, name) for name in Level.names
    }


@pytest.mark.parametrize(
    ("parent", "child", "allowed"),
    [
        (Level.COUNTRY, Level.REGION, True),
        (Level.REGION, Level.COMMUNE, True),
        (Level.COMMUNE, Level.VILLAGE, True),
        (Level.COMMUNE, Level.FRACTION, True),
        (Level.CERCLE, Level.VILLAGE, False),
        (Level.COMMUNE, Level.COMMUNE, False),
        (Level.CERCLE, Level.REGION, False),
        (Level.VILLAGE, Level.QUARTIER, False),
        (Level.VILLAGE, Level.COMMUNE, False),
    ],
)
def test_which_zone_may_hold_which(parent, child, allowed):
    assert levels.may_hold(parent, child) is allowed


@pytest.mark.parametrize(
    ("shares", "passage"),
    [
        ([], Passage.UNKNOWN),
        (["1"], Passage.EXACT),
        (["0.9999"], Passage.EXACT),
        (["0.7"], Passage.AMBIGUOUS),
        (["0.25", "0.75"], Passage.AMBIGUOUS),
    ],
)
def test_a_passage_is_exact_only_when_one_zone_holds_everybody(shares, passage):
    crossing = cross(Part(number, Decimal(share)) for number, share in enumerate(shares))
    assert crossing.passage is passage
    assert [part.share for part in crossing.parts] == sorted(map(Decimal, shares), reverse=True)
    assert (crossing.only is not None) is (passage is Passage.EXACT)


NAMES = st.sampled_from(["Bla", "San", "Gao"])
FACTS = st.builds(
    ZoneFacts,
    code=st.sampled_from("abcdef"),
    name=NAMES,
    level=st.sampled_from([Level.REGION, Level.COMMUNE]),
    parent_code=st.just("x"),
    population=st.none() | st.integers(0, 9),
)
COUNTRIES = st.lists(FACTS, unique_by=lambda facts: facts.code).map(
    lambda zones: {zone.code: zone for zone in zones}
)


@given(known=COUNTRIES)
def test_what_is_stated_as_it_is_known_changes_nothing(known):
    differences = compare(known, known.values())
    assert differences.unchanged == len(known)
    assert (differences.new, differences.changed) == ((), ())
    assert (differences.gone, differences.moved) == ((), ())


@given(known=COUNTRIES, stated=COUNTRIES)
def test_every_stated_zone_is_new_changed_or_unchanged(known, stated):
    differences = compare(known, stated.values())
    assert len(differences.new) + len(differences.changed) + differences.unchanged == len(stated)
    assert {zone.code for zone in differences.new} == stated.keys() - known.keys()
    spoken = {zone.level for zone in stated.values()}
    assert {zone.code for zone in differences.gone} == {
        zone.code for zone in known.values() if zone.level in spoken and zone.code not in stated
    }


def test_a_bow_tie_becomes_two_triangles():
    bow_tie = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
    cleaned = clean({"type": "Polygon", "coordinates": [bow_tie]})
    assert cleaned.was_repaired
    assert cleaned.polygon.area == pytest.approx(2)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]},
        {"type": "Nonsense"},
    ],
)
def test_what_has_no_surface_is_no_shape(geometry):
    with pytest.raises(NotAShape):
        clean(geometry)


def test_slivers_between_neighbours_vanish_but_lakes_stay():
    left = shapely.Polygon([(0, 0), (1, 0), (1, 0.3), (0.999, 0.5), (1, 0.7), (1, 1), (0, 1)])
    right = shapely.box(1, 0, 2, 1).difference(shapely.box(1.4, 0.4, 1.6, 0.6))
    united = unite([left, right])
    assert [round(shapely.Polygon(ring).area, 3) for ring in united.interiors] == [0.04]


def test_paths_lead_up_and_scopes_lead_down():
    assert paths_above("1/12/158/") == ["1/", "1/12/"]
    assert lies_in("1/12/158/", ["1/12/"])
    assert not lies_in("1/12/", ["1/12/158/"])
    assert not lies_in("1/120/", ["1/12/"])
    assert lies_in("1/", ["*"])
    assert not lies_in("1/", [])
