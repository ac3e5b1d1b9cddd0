"""Importing zones: what files say becomes the tree, twice gives once, nothing is ever deleted."""

import datetime as dt
from pathlib import Path

import pytest

from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.zones.boundaries.files import read_file
from gwa.zones.errors import (
    BoundaryFilesRefused,
    CountryUnnamed,
    GeographiesOverlap,
    GeographyUndated,
    ParentGone,
    TooManyGone,
    TwoCountries,
    ZonesMoved,
)
from gwa.zones.models import Geography, Level, Shape, Zone
from gwa.zones.rules.orders import Country
from gwa.zones.tests import invented
from gwa.zones.tests.conftest import ON

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[4].parent / "shared" / "data" / "mali-admin"


def count(level):
    return Zone.objects.filter(level=level).count()


def test_a_country_is_built_from_cod_ab_files_and_a_list_of_settlements(country):
    assert [count(level) for level in Level] == [1, 4, 8, 0, 16, 12, 4, 0]
    village = Zone.objects.get(code="XX010203001")
    assert village.name == "Kɔ̀nyɛ̀ba 0203"
    assert village.name_key == "konyeba 0203"
    assert village.valid_from == dt.date(2015, 4, 8) == country.valid_from
    names = [Zone.objects.get(pk=pk).name for pk in village.ancestor_ids]
    assert names == ["Pays d’essai", "Nord-Ouest", "Cercle 12", "Commune 13"]


def test_the_same_files_again_change_nothing(country, run_import, tmp_path):
    before = list(Zone.objects.order_by("pk").values()), list(Shape.objects.values())
    changed_at = country.changed_at
    differences = run_import(*invented.write_country(tmp_path))
    assert (differences.new, differences.changed, differences.gone) == ((), (), ())
    assert differences.unchanged == 44
    assert (list(Zone.objects.order_by("pk").values()), list(Shape.objects.values())) == before
    country.refresh_from_db()
    assert country.changed_at == changed_at


def test_cercles_without_boundaries_take_the_land_of_their_communes(country):
    cercle = Zone.objects.get(code="XX0101")
    ring = cercle.shape.geometry["coordinates"][0]
    assert {tuple(point) for point in ring} >= {(-8, 14), (-6, 14), (-6, 15), (-8, 15)}
    assert (cercle.lon, cercle.lat) == (-7, 14.5)
    assert (
        Shape.objects.get(zone__level=Level.COUNTRY).source
        == "réunion des zones de niveau inférieur"
    )


def test_a_new_name_and_a_new_boundary_are_changes(country, run_import, tmp_path):
    features = invented.communes()
    features[0]["properties"]["ADM3_FR"] = "Commune Neuve"
    features[1]["geometry"] = invented.square(-7, 14.1, 0.9)
    differences = run_import(invented.write(tmp_path / "adm3.geojson", features))
    changes = {change.facts.code: change.fields for change in differences.changed}
    assert changes == {"XX010101": ("name",), "XX010102": ("lon", "lat", "geometry")}
    zone = Zone.objects.get(code="XX010101")
    assert (zone.name, zone.name_key) == ("Commune Neuve", "commune neuve")


def test_what_a_file_does_not_say_erases_nothing(country, run_import, tmp_path):
    Zone.objects.filter(code="XX010101").update(population=1200)
    differences = run_import(invented.write(tmp_path / "adm3.geojson", invented.communes()))
    assert differences.changed == ()
    assert Zone.objects.get(code="XX010101").population == 1200


def test_a_zone_no_longer_named_is_closed_and_opens_again_when_it_returns(
    country, run_import, tmp_path
):
    path = invented.write_settlements(tmp_path / "villages.csv")
    whole = path.read_text()
    path.write_text(whole.rsplit("\n", 2)[0] + "\n")
    differences = run_import(path)
    assert [gone.code for gone in differences.gone] == ["XX040204001"]
    assert Zone.objects.get(code="XX040204001").valid_to == ON
    path.write_text(whole)
    differences = run_import(path)
    assert [change.reopened for change in differences.changed] == [True]
    assert Zone.objects.get(code="XX040204001").valid_to is None


def test_a_file_cut_short_closes_nothing(country, run_import, tmp_path):
    path = invented.write_settlements(tmp_path / "villages.csv")
    path.write_text("\n".join(path.read_text().split("\n")[:9]) + "\n")
    with pytest.raises(TooManyGone) as refusal:
        run_import(path)
    assert (refusal.value.facts["count"], refusal.value.facts["total"]) == (6, 12)
    assert not Zone.objects.filter(valid_to__isnull=False).exists()
    assert len(run_import(path, accepts_gone=True).gone) == 8


def test_a_zone_that_still_holds_others_cannot_go(country, run_import, tmp_path):
    with pytest.raises(ParentGone) as refusal:
        run_import(invented.write(tmp_path / "adm1.geojson", invented.regions()[:3]))
    assert "XX04" in refusal.value.sentence


def test_a_zone_never_changes_parent_within_a_geography(country, run_import, tmp_path):
    features = invented.communes()
    features[0]["properties"]["ADM2_PCODE"] = "XX0402"
    with pytest.raises(ZonesMoved, match="Commune 11 XX010101"):
        run_import(invented.write(tmp_path / "adm3.geojson", features))


def test_geoboundaries_find_their_parents_on_the_map(run_import, tmp_path):
    differences = run_import(
        invented.write(tmp_path / "1.geojson", invented.geoboundaries(1)),
        invented.write(tmp_path / "3.geojson", invented.geoboundaries(3)),
        valid_from=dt.date(2020, 1, 1),
        country=Country("XX", "Pays d’essai"),
    )
    assert len(differences.new) == 1 + 4 + 16
    commune = Zone.objects.get(name="Commune 43")
    assert commune.parent.name == "Sud-Est"
    assert (commune.parent.code, commune.code) == ("XX-3", "66186276B91015842543014")


def test_a_later_geoboundaries_file_finds_its_parents_among_the_zones_kept(run_import, tmp_path):
    adm1 = invented.write(tmp_path / "1.geojson", invented.geoboundaries(1))
    adm3 = invented.write(tmp_path / "3.geojson", invented.geoboundaries(3))
    dates = {"valid_from": dt.date(2020, 1, 1), "country": Country("XX", "Pays d’essai")}
    run_import(adm1, **dates)
    run_import(adm3)
    assert Zone.objects.get(name="Commune 21").parent.name == "Nord-Est"


def test_a_country_has_to_be_named_once(run_import, tmp_path):
    adm1 = invented.write(tmp_path / "1.geojson", invented.geoboundaries(1))
    with pytest.raises(CountryUnnamed):
        run_import(adm1, valid_from=dt.date(2020, 1, 1))


def test_a_new_geography_says_since_when(run_import, tmp_path):
    adm1 = invented.write(tmp_path / "1.geojson", invented.geoboundaries(1))
    with pytest.raises(GeographyUndated):
        run_import(adm1, country=Country("XX", "Pays d’essai"))
    assert not Geography.objects.exists()


def test_two_geographies_are_never_in_force_on_the_same_day(country, run_import, tmp_path):
    adm1 = invented.write(tmp_path / "1.geojson", invented.regions())
    since = {"geography": "2023", "valid_from": dt.date(2023, 3, 13)}
    with pytest.raises(GeographiesOverlap):
        run_import(adm1, **since)
    run_import(adm1, ends_previous=True, **since)
    country.refresh_from_db()
    assert country.valid_to == dt.date(2023, 3, 13)
    assert Zone.objects.filter(geography__code="2023").count() == 5


def test_boundaries_that_cross_themselves_are_mended_and_told(run_import, tmp_path):
    features = invented.regions()
    bow_tie = [[-8, 14], [-6, 16], [-6, 14], [-8, 16], [-8, 14]]
    features[0]["geometry"] = {"type": "Polygon", "coordinates": [bow_tie]}
    path = invented.write(tmp_path / "adm1.geojson", features)
    assert read_file(path).repaired == ["adm1.geojson, objet n° 1 : Nord-Ouest"]
    run_import(path)
    kept = Shape.objects.get(zone__code="XX01").geometry
    assert kept["type"] == "MultiPolygon"
    assert len(kept["coordinates"]) == 2


def test_an_import_leaves_one_line_in_the_journal(country):
    with everywhere():
        line = Entry.objects.get(action="zones.zones_imported")
    assert line.subject_id == str(country.pk)
    assert line.data["files"] == ["adm1.geojson", "adm3.geojson", "settlements.csv"]
    assert line.data["new"] == 45


def fault_of(run_import, path):
    with pytest.raises(BoundaryFilesRefused) as refusal:
        run_import(path, country=Country("XX", "Essai"), valid_from=dt.date(2020, 1, 1))
    assert not Zone.objects.exists()
    return refusal.value


def test_a_file_that_is_no_json_says_at_which_line(run_import, tmp_path):
    path = tmp_path / "adm1.geojson"
    path.write_text('{"type": "FeatureCollection",\n "features": [')
    assert "adm1.geojson, ligne 2" in fault_of(run_import, path).sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"type": "Feature"}', "zones.not_geojson"),
        (b'{"type": "FeatureCollection", "features": []}', "zones.not_geojson"),
        ('{"nom": "Ségou"}'.encode("latin-1"), "zones.not_utf8"),
        (b'{"features": [{"properties": {"a": 1}, "geometry": null}]}', "zones.unknown_format"),
    ],
)
def test_a_file_of_another_kind_is_refused(run_import, tmp_path, content, code):
    path = tmp_path / "adm1.geojson"
    path.write_bytes(content)
    assert [fault.code for fault in fault_of(run_import, path).faults] == [code]


def test_a_missing_file_is_named(run_import, tmp_path):
    assert "absent.csv" in fault_of(run_import, tmp_path / "absent.csv").sentence


def spoil(change):
    features = invented.regions()
    change(features[2])
    return features


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda f: f["properties"].update(ADM1_PCODE=""), "zones.code_missing"),
        (lambda f: f["properties"].update(ADM1_FR=None), "zones.name_missing_in_file"),
        (lambda f: f["properties"].update(ADM1_PCODE="XX01"), "zones.duplicate_code"),
        (lambda f: f["properties"].update(ADM1_PCODE="X" * 41), "zones.text_too_long"),
        (lambda f: f.update(geometry={"type": "Point", "coordinates": [0, 0]}), "zones.bad_shape"),
        (lambda f: f.update(geometry={"type": "Polygon", "coordinates": []}), "zones.bad_shape"),
        (
            lambda f: f.update(geometry=invented.square(600_000, 1_400_000, 9)),
            "zones.off_the_earth",
        ),
    ],
)
def test_each_fault_names_its_object(run_import, tmp_path, change, code):
    refusal = fault_of(run_import, invented.write(tmp_path / "adm1.geojson", spoil(change)))
    assert [fault.code for fault in refusal.faults] == [code]
    assert "adm1.geojson, objet n° 3" in refusal.sentence


def test_files_of_two_countries_are_refused(run_import, tmp_path):
    def move(feature):
        feature["properties"].update(ADM0_PCODE="YY")

    with pytest.raises(TwoCountries, match=r"objet n° 3 .* \(XX, YY\)"):
        run_import(invented.write(tmp_path / "adm1.geojson", spoil(move)))


def test_geoboundaries_of_an_unknown_level_are_refused(run_import, tmp_path):
    features = invented.geoboundaries(1)
    features[0]["properties"]["shapeType"] = "ADM7"
    refusal = fault_of(run_import, invented.write(tmp_path / "1.geojson", features))
    assert [fault.code for fault in refusal.faults] == ["zones.wrong_level"]


def test_communes_without_their_cercle_say_what_is_missing(run_import, tmp_path):
    features = invented.communes()
    for feature in features:
        del feature["properties"]["ADM2_FR"], feature["properties"]["ADM1_FR"]
    refusal = fault_of(run_import, invented.write(tmp_path / "adm3.geojson", features))
    assert {fault.code for fault in refusal.faults} == {"zones.unknown_parent"}
    assert len(refusal.faults) == 16


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Ville,P1,5,XX010101,2,14", "zones.outside_country"),
        ("Ville,P1,5,XX010101,1400000,14", "zones.off_the_earth"),
        ("Ville,P1,5,XX010101,ouest,14", "zones.bad_number"),
        ("Ville,P1,5,XX990101,-7,14", "zones.unknown_parent"),
        ("Ville,P1,5,XX0101,-7,14", "zones.bad_parent_level"),
        ("Ville,P1,5,,-7,14", "zones.code_missing"),
        ("Ville,P1,5,XX010101,-7,14,hameau", "zones.wrong_level"),
        (",P1,5,XX010101,-7,14", "zones.name_missing_in_file"),
    ],
)
def test_each_fault_of_a_settlement_names_its_line(country, run_import, tmp_path, line, code):
    path = invented.write_settlements(tmp_path / "villages.csv", more="\n" + line)
    with pytest.raises(BoundaryFilesRefused) as refusal:
        run_import(path)
    assert [fault.code for fault in refusal.value.faults] == [code]
    assert "villages.csv, ligne 18" in refusal.value.sentence


def test_many_faults_are_told_together_but_not_endlessly(country, run_import, tmp_path):
    bad = "".join(f"\nVille {n},P{n},5,XX99,-7,14" for n in range(30))
    path = invented.write_settlements(tmp_path / "villages.csv", more=bad)
    with pytest.raises(BoundaryFilesRefused) as refusal:
        run_import(path)
    lines = refusal.value.sentence.split("\n")
    assert len(lines) == 21
    assert lines[-1] == "… et encore 10."


@pytest.fixture
def published(tmp_path):
    """The published files of Mali where the project's data lie beside it, else invented ones."""
    if not REAL.is_dir():
        return invented.write_country(tmp_path), (1, 4, 8, 16, 16)
    names = ("adm1_2015.geojson", "adm2_2015.geojson", "adm3_2015.geojson", "adm3_2015.csv")
    paths = [REAL / f"mli_{name}" for name in (*names, "settlements_2015.csv")]
    return paths, (1, 9, 50, 701, 18_769)


def test_published_files_import_whole_and_only_once(published, run_import):
    paths, expected = published
    order = {"valid_from": dt.date(2015, 4, 8), "country": Country("ML", "Mali")}
    first = run_import(*paths, **order)
    levels = (Level.COUNTRY, Level.REGION, Level.CERCLE, Level.COMMUNE)
    settlements = Zone.objects.filter(level__gte=Level.VILLAGE).count()
    assert (*map(count, levels), settlements) == expected
    assert len(first.new) == sum(expected)
    with_shape = Zone.objects.filter(level__lt=Level.VILLAGE)
    assert Shape.objects.count() == with_shape.count()
    second = run_import(*paths)
    assert (second.new, second.changed, second.gone) == ((), (), ())
