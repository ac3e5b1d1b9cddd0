"""The maps' GeoJSON: light, cached, and silent about other people's zones."""

import pytest

from gwa.accounts.models import User
from gwa.zones import actions, figures
from gwa.zones.figures import Measure
from gwa.zones.models import Level
from gwa.zones.queries.maps import light_shapes, outlines_around

pytestmark = pytest.mark.django_db
READ = "zones.read_zones"


@pytest.fixture
def counted(monkeypatch):
    """A module above that counts: each zone has as many households as its number."""
    monkeypatch.setattr(figures, "_providers", [])
    figures.register_provider(
        [Measure("households", "Ménages")], lambda ids: {pk: {"households": pk} for pk in ids}
    )


def features(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    return answer.json()["features"]


def address(geography, level, within=None):
    more = f"?within={within.pk}" if within else ""
    return f"/zones/map/{geography.pk}/{int(level)}.geojson{more}"


def test_a_level_is_given_with_names_addresses_and_figures(country, zone, sign_in, counted):
    found = features(sign_in(READ), address(country, Level.REGION))
    region = zone("XX01")
    [first] = [feature for feature in found if feature["id"] == region.pk]
    assert first["properties"] == {
        "name": "Nord-Ouest",
        "code": "XX01",
        "url": f"/zones/{region.pk}/",
        "households": region.pk,
    }
    assert first["geometry"]["type"] == "Polygon"
    assert len(found) == 4


def test_other_peoples_zones_are_outlines_without_a_word(country, zone, sign_in, counted):
    mine = zone("XX010101")
    client = sign_in(READ, zones=[mine])
    found = features(client, address(country, Level.COMMUNE))
    assert len(found) == 16
    told = [feature["properties"] for feature in found if feature["properties"]]
    assert [properties["code"] for properties in told] == ["XX010101"]
    above = features(client, address(country, Level.REGION))
    assert [feature["properties"] for feature in above] == [{}, {}, {}, {}]


def test_a_map_within_a_zone_keeps_that_zone(country, zone, sign_in):
    found = features(sign_in(READ), address(country, Level.COMMUNE, zone("XX0202")))
    assert {feature["properties"]["code"] for feature in found} == {"XX020203", "XX020204"}


def test_a_point_is_shown_in_its_commune_among_those_that_touch_it(country, zone):
    *around, own = outlines_around(-7.5, 14.5, country)
    assert own["properties"] == {"focus": True}
    assert (
        own["geometry"]
        == light_shapes(country.pk, country.changed_at, Level.COMMUNE)[zone("XX010101").pk]
    )
    assert len(around) == 5
    assert [outline["properties"] for outline in around] == [{}] * 5


def test_a_point_outside_the_country_has_nothing_around(country):
    assert outlines_around(40.0, 60.0, country) == []


def test_settlements_are_points_over_their_commune(country, zone, sign_in):
    commune = zone("XX010101")
    outline, village = features(sign_in(READ), address(country, Level.QUARTIER, commune))
    assert outline["geometry"]["type"] == "Polygon"
    assert outline["properties"] == {"focus": True}
    assert village["geometry"] == {"type": "Point", "coordinates": [-7.5, 14.5]}


def test_a_zone_that_may_not_be_seen_has_no_map(country, zone, sign_in):
    client = sign_in(READ, zones=[zone("XX01")])
    assert client.get(address(country, Level.COMMUNE, zone("XX02"))).status_code == 404


@pytest.mark.parametrize("level", [Level.VILLAGE, 9])
def test_a_whole_country_of_villages_is_not_drawn(country, sign_in, level):
    assert sign_in(READ).get(address(country, level)).status_code == 404


def test_a_browser_that_has_the_map_is_told_so(country, zone, sign_in, actor):
    client = sign_in(READ)
    path = address(country, Level.REGION)
    first = client.get(path)
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.rename_zone(zone=zone("XX01"), name="Ouest", actor=actor, reason="Essai")
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_two_persons_never_share_a_tag_unless_they_see_the_same(country, zone, sign_in, client):
    path = address(country, Level.REGION)
    whole = sign_in(READ).get(path)["ETag"]

    user = User.objects.get()
    user.profile.is_national = False
    user.profile.save()
    user.zones.set([zone("XX01")])
    assert client.get(path)["ETag"] != whole


def test_maps_need_the_right(country, sign_in):
    assert sign_in("zones.manage_zones").get(address(country, Level.REGION)).status_code == 403
