"""`./gwa zones`: what the person at the terminal reads."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.zones.models import Crosswalk, Geography, Zone
from gwa.zones.tests import invented

pytestmark = pytest.mark.django_db


def run(*words):
    answer = StringIO()
    call_command("zones", *map(str, words), stdout=answer)
    return answer.getvalue()


def test_the_report_counts_what_is_new_by_level(tmp_path):
    said = run("import", *invented.write_country(tmp_path), "--geography", "2015")
    assert "Nouvelles : 45 (1 pays, 4 région, 8 cercle, 16 commune, 12 village, 4 quartier)" in said
    assert "Disparues, fermées : 0" in said
    with everywhere():
        assert Entry.objects.get(action="zones.zones_imported").actor_label == "ligne de commande"


def test_the_report_names_what_changed_and_what_is_gone(tmp_path, country):
    features = invented.communes()
    features[0]["properties"]["ADM3_FR"] = "Commune Neuve"
    villages = invented.write_settlements(tmp_path / "villages.csv")
    villages.write_text(villages.read_text().rsplit("\n", 2)[0])
    adm3 = invented.write(tmp_path / "adm3.geojson", features)
    said = run("import", adm3, villages, "--geography", "2015", "--on", "2026-11-22")
    assert "Changées : 1 (1 commune)\n  XX010101 Commune Neuve (nom)" in said
    assert "Disparues, fermées : 1 (1 village)\n  XX040204001 Kɔ̀nyɛ̀ba 0204" in said
    assert Zone.objects.get(code="XX040204001").valid_to == dt.date(2026, 11, 22)


def test_a_dry_run_says_and_does_nothing(tmp_path):
    said = run("import", *invented.write_country(tmp_path), "--geography", "2015", "--dry-run")
    assert "Nouvelles : 45" in said
    assert "rien n’a été changé" in said
    assert not Geography.objects.exists()


def test_a_refusal_is_a_sentence_and_nothing_is_kept(tmp_path):
    bad = tmp_path / "adm1.geojson"
    bad.write_text("{")
    with pytest.raises(CommandError, match=r"adm1\.geojson, ligne 1 : ce n’est pas du JSON"):
        run("import", bad, "--geography", "2015", "--valid-from", "2015-04-08")
    assert not Geography.objects.exists()


def test_levels_are_said_where_files_have_arrondissements(tmp_path):
    run(
        "import",
        invented.write(tmp_path / "1.geojson", invented.regions()),
        invented.write(tmp_path / "3.geojson", invented.communes()),
        *("--geography", "2015", "--levels", "region,cercle,arrondissement,commune"),
    )
    assert Zone.objects.get(code="XX010101").get_level_display() == "arrondissement"


def test_a_crosswalk_is_read_from_a_table(tmp_path, country, run_import):
    run_import(
        *invented.write_country(tmp_path)[:2],
        geography="2023",
        valid_from=dt.date(2023, 3, 13),
        ends_previous=True,
    )
    table = tmp_path / "passage.csv"
    table.write_text(
        "old_code;new_code;share\nXX010101;XX010101;1\n"
        "XX010102;XX010102;0,75\nXX010102;XX010203;0,25\n"
    )
    for _ in range(2):
        assert "table de passage : 3" in run("crosswalk", table, "--old", "2015", "--new", "2023")
    assert Crosswalk.objects.count() == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("XX99,XX010101,1", "ligne 2 : aucune zone du découpage « Pays d’essai »"),
        ("XX010101,XX99,1", "ligne 2 : aucune zone"),
        ("XX010101,XX010101,1.2", "ligne 2 : les parts"),
        ("XX010101,XX010101,0.8\nXX010101,XX010102,0.4", "ligne 3 : les parts"),
    ],
)
def test_a_wrong_crosswalk_says_where(tmp_path, country, run_import, line, words):
    run_import(
        *invented.write_country(tmp_path)[:2],
        geography="2023",
        valid_from=dt.date(2023, 3, 13),
        ends_previous=True,
    )
    table = tmp_path / "passage.csv"
    table.write_text(f"old_code,new_code,share\n{line}\n")
    with pytest.raises(CommandError, match=words):
        run("crosswalk", table, "--old", "2015", "--new", "2023")
    assert not Crosswalk.objects.exists()


def test_an_unknown_geography_is_answered_with_those_there_are(tmp_path, country):
    with pytest.raises(CommandError, match="Il y a : 2015"):
        run("crosswalk", tmp_path / "x.csv", "--old", "2010", "--new", "2015")
