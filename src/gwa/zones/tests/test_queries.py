"""Up and down the tree, by name, on the map, from one geography to the other."""

import datetime as dt
from decimal import Decimal

import pytest

from gwa.zones import actions
from gwa.zones.models import Crosswalk, Geography, Level, Zone
from gwa.zones.queries import places, tree
from gwa.zones.queries.crosswalks import crossing_of, crosswalk_page
from gwa.zones.queries.search import search_zones
from gwa.zones.rules.crosswalk import Passage
from gwa.zones.tests import invented

pytestmark = pytest.mark.django_db


class Person:
    """Somebody whose zones are given."""

    def __init__(self, *paths):
        self.paths = list(paths)

    def has_right(self, code):
        return True

    def scope_paths(self):
        return self.paths


NATIONAL = Person("*")


def test_a_subtree_is_everything_below_and_nothing_beside(zone):
    codes = set(Zone.objects.under(zone("XX0101")).values_list("code", flat=True))
    assert codes == {"XX0101", "XX010101", "XX010102", "XX010101001", "XX010102001"}


def test_a_person_sees_their_zones_and_the_way_to_them(zone):
    person = Person(zone("XX010101").path)
    codes = set(Zone.objects.visible_to(person).values_list("code", flat=True))
    assert codes == {"XX", "XX01", "XX0101", "XX010101", "XX010101001"}
    assert not Zone.objects.visible_to(Person()).exists()
    assert Zone.objects.visible_to(NATIONAL).count() == 45


def test_former_geographies_are_open_to_all(zone, country):
    country.valid_to = dt.date(2023, 3, 13)
    country.save()
    assert Zone.objects.visible_to(Person(zone("XX01").path)).count() == 45


def test_the_tree_opens_down_to_a_zone(zone, country, django_assert_num_queries):
    commune = zone("XX020101")
    with django_assert_num_queries(5):
        [root] = tree.tree_of(country, NATIONAL, commune)
    assert [branch.zone.name for branch in root.children] == [
        "Nord-Est",
        "Nord-Ouest",
        "Sud-Est",
        "Sud-Ouest",
    ]
    assert [branch.is_open for branch in root.children] == [True, False, False, False]
    cercle = root.children[0].children[0]
    assert [branch.zone.code for branch in cercle.children] == ["XX020101", "XX020102"]
    [village] = cercle.children[0].children
    assert not village.has_children


def test_the_tree_of_a_person_starts_at_the_country_and_opens_their_zone(zone, country):
    commune = zone("XX010101")
    person = Person(commune.path)
    assert tree.entry_zone(country, person) == commune
    [root] = tree.tree_of(country, person, commune)
    assert [branch.zone.code for branch in root.children] == ["XX01"]


def test_ancestors_come_from_the_country_down(zone):
    names = [above.code for above in tree.ancestors_of(zone("XX010101001"))]
    assert names == ["XX", "XX01", "XX0101", "XX010101"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("KÓNYÈBA 0102", "XX010102001"),
        ("konieba 0102", "XX010102001"),
        ("xx0203", None),
        ("XX0202", "XX0202"),
        ("sud est", "XX04"),
        ("est", "XX02"),
        ("Comune 31", "XX030101"),
    ],
)
def test_a_zone_is_found_by_name_in_any_spelling_or_by_code(country, words, first):
    found = search_zones(words, person=NATIONAL)
    assert (found[0].code if found else None) == first


def test_a_search_stays_in_the_persons_zones_unless_told(zone):
    person = Person(zone("XX01").path)
    assert {z.code[:4] for z in search_zones("konyeba", person=person)} == {"XX01"}
    everywhere = search_zones("konyeba", person=person, everywhere=True)
    assert {z.code[:4] for z in everywhere} == {"XX01", "XX02", "XX03", "XX04"}


def test_a_search_may_keep_some_levels_and_never_shows_closed_zones(zone, actor):
    found = search_zones("konyeba 0101", person=NATIONAL, levels=[Level.VILLAGE])
    assert {z.level for z in found} == {Level.VILLAGE}
    village = zone("XX010102001")
    on = dt.date(2026, 11, 22)
    actions.close_zone(zone=village, on=on, actor=actor, reason="Abandonné")
    assert village not in search_zones("konyeba 0102", person=NATIONAL)
    assert search_zones("  ", person=NATIONAL) == []


def test_a_point_lies_in_one_commune(country, zone):
    assert places.commune_at(-7.5, 14.5) == zone("XX010101")
    assert places.commune_at(0, 0) is None
    assert places.commune_at(-7, 14.5) in (zone("XX010101"), zone("XX010102"))


def test_boundaries_are_read_once_until_they_change(
    country, zone, run_import, tmp_path, django_assert_num_queries
):
    places.commune_at(-7.5, 14.5, country)
    with django_assert_num_queries(1):
        places.commune_at(-7.4, 14.5, country)
    features = invented.communes()
    features[0]["geometry"] = invented.square(-8, 14, 0.3)
    Geography.objects.update(changed_at=country.changed_at - dt.timedelta(days=1))
    run_import(invented.write(tmp_path / "adm3.geojson", features))
    country.refresh_from_db()
    assert places.commune_at(-7.4, 14.5, country) is None


def test_the_nearest_settlement_of_the_commune_is_found(country, zone, actor):
    commune = zone("XX010101")
    far = actions.create_zone(
        parent=commune,
        level=Level.VILLAGE,
        code="V1",
        name="Loin",
        on=dt.date(2026, 11, 22),
        actor=actor,
    )
    assert places.settlement_near(-7.9, 14.1) == zone("XX010101001")
    Zone.objects.filter(pk=far.pk).update(lon=-7.95, lat=14.05)
    assert places.settlement_near(-7.9, 14.1) == far
    assert places.settlement_near(5, 5) is None


@pytest.fixture
def crossed(country, zone, run_import, tmp_path):
    """The reform: one commune stayed, one was cut in two, one is not known."""
    run_import(
        *invented.write_country(tmp_path)[:2],
        geography="2023",
        name="Depuis la réforme",
        valid_from=dt.date(2023, 3, 13),
        ends_previous=True,
    )
    new = Geography.objects.get(code="2023")
    lines = [("XX010101", "XX010101", "1"), ("XX010102", "XX010102", "0.4")]
    lines += [("XX010102", "XX010203", "0.6")]
    for old, after, share in lines:
        Crosswalk.objects.create(
            old=zone(old), new=new.zones.get(code=after), share=Decimal(share), source="essai"
        )
    return new


def test_a_commune_passes_exactly_ambiguously_or_nobody_knows(crossed, zone):
    exact = crossing_of(zone("XX010101"))
    assert exact.only == crossed.zones.get(code="XX010101").pk
    ambiguous = crossing_of(zone("XX010102"))
    assert ambiguous.passage is Passage.AMBIGUOUS
    assert [part.share for part in ambiguous.parts] == [Decimal("0.6"), Decimal("0.4")]
    assert crossing_of(zone("XX010203")).passage is Passage.UNKNOWN


def test_both_sides_of_the_passage_are_told(crossed, zone):
    page = crosswalk_page(crossed.zones.get(code="XX010203"))
    assert [(step.zone.code, step.percent) for step in page.predecessors] == [("XX010102", 60)]
    assert not page.successors
    assert not crosswalk_page(zone("XX0202")).is_told
