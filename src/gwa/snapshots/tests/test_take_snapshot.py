"""A snapshot: the whole registry of one moment, typed, without what must not leave."""

import datetime as dt
import json

import duckdb
import polars as pl
import pytest
from django.db import transaction

from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.registry.actions import change_head, set_identifier
from gwa.snapshots.errors import NoSnapshot, SnapshotRunning
from gwa.snapshots.models import Snapshot
from gwa.snapshots.queries import read_latest
from gwa.snapshots.reading.sessions import session
from gwa.snapshots.tests.conftest import take
from gwa.snapshots.writing import build as building
from gwa.snapshots.writing.folders import root
from gwa.snapshots.writing.manifest import hash_file
from gwa.testing.cast import FATOU, LATER, correction, save_row


def awa_household(cast) -> dict:
    table = read_latest().households().collect()
    return table.row(by_predicate=pl.col("household_id") == str(cast.household.pk), named=True)


def test_it_holds_everybody_by_region(committed):
    snapshot = take()
    assert snapshot.counts == {"households": 3, "persons": 7, "memberships": 7, "names": 7}
    folder = root() / snapshot.folder
    assert sorted(path.name for path in folder.glob("region=*")) == ["region=05", "region=07"]
    assert read_latest().persons().collect().height == 7
    assert (root() / "latest").resolve() == folder


def test_each_answer_has_its_typed_column(committed):
    take()
    line = awa_household(committed)
    assert (line["rooms"], line["area"], line["water_treatment"]) == (3, "urban", ["cloth"])
    assert line["asked_on_housing"] == dt.date(2025, 3, 14)
    assert line["zone_code"] == "05010101"
    assert line["tenure"] is None


def test_counts_of_members_are_exact_and_say_what_is_only_possible(committed):
    take()
    line = awa_household(committed)
    # Awa 1984-05-02, Binta 2008, Seydou 2012 (13 or 14 that day), Kadia 1955 (70 or 71).
    assert line["size"] == 4
    assert (line["under_15_min"], line["under_15_max"]) == (1, 1)
    # Binta is 17 or 18: born in 2008, the day is not known.
    assert (line["under_18_min"], line["under_18_max"]) == (1, 2)
    assert (line["over_60_min"], line["over_60_max"]) == (1, 1)
    assert (line["dependants_min"], line["of_working_age_min"]) == (2, 2)
    assert (line["head_sex"], line["head_age_min"], line["head_age_max"]) == ("F", 42, 42)
    assert line["women_and_girls"] == 3


def test_disability_is_that_of_the_washington_group(committed):
    take()
    persons = read_latest().persons().join(read_latest().names(), on="person_id").collect()
    told = {line["given_name"]: line["is_disabled"] for line in persons.to_dicts()}
    assert told["Kadia"] is True
    assert told["Awa"] is False
    assert told["Bakary"] is None
    line = awa_household(committed)
    assert (line["disabled_members"], line["members_of_unknown_disability"]) == (1, 2)


def test_ages_are_those_of_the_day_asked_for(committed):
    take(day=dt.date(2026, 5, 1))
    assert awa_household(committed)["head_age_max"] == 41
    take(day=dt.date(2026, 5, 2))
    assert awa_household(committed)["head_age_max"] == 42


def test_who_is_dead_or_counted_elsewhere_is_not_counted(committed):
    with transaction.atomic(), everywhere():
        committed.second_hearth("Bakary")
    take()
    assert awa_household(committed)["size"] == 4


def test_a_head_counted_in_another_region_is_known(committed):
    with transaction.atomic(), everywhere():
        hearth = committed.second_hearth("Bakary", committed.far)
        change_head(
            household=committed.far,
            new_head=hearth,
            relationship_of_former_head="spouse",
            on=LATER,
            actor=FATOU,
            reason="essai",
        )
    take()
    households = read_latest().households().collect()
    line = households.row(by_predicate=pl.col("region") == "07", named=True)
    assert (line["head_sex"], line["size"]) == ("M", 1)


def test_numbers_phones_and_names_are_not_in_the_tables_of_analysis(committed):
    with transaction.atomic(), everywhere():
        set_identifier(
            person=committed.person("Awa"),
            kind="nina",
            value="12345678901234A",
            source=correction(),
            actor=FATOU,
        )
    folder = root() / take().folder
    for path in folder.rglob("*.parquet"):
        frame = pl.read_parquet(path, hive_partitioning=False)
        text = json.dumps(frame.to_dicts(), default=str, ensure_ascii=False)
        assert "12345678901234A" not in text, path
        assert "76123456" not in text.replace(" ", ""), path
        assert ("Traoré" in text) == ("matching" in path.parts and "region=05" in path.parts)
        assert not {"nina", "phone", "address", "phone_index"} & set(frame.columns)


def test_a_hidden_position_is_left_out_and_one_of_displaced_people_rounded(committed):
    with transaction.atomic(), everywhere():
        committed.household.place_now_kind = "host"
        save_row(row=committed.household)
    take()
    line = awa_household(committed)
    assert (line["lat"], line["lon"], line["is_position_rounded"]) == (14.5, -4.1, True)
    with transaction.atomic(), everywhere():
        committed.household.is_position_hidden = True
        save_row(row=committed.household)
    take()
    assert awa_household(committed)["lat"] is None


def test_files_are_for_this_account_alone(committed):
    snapshot = take()
    for path in (root(), *root().joinpath(snapshot.folder).rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_manifest_proves_each_file(committed):
    snapshot = take()
    folder = root() / snapshot.folder
    told = json.loads((folder / "manifest.json").read_text())
    assert told["day"] == "2026-11-22"
    assert told["dictionary"]["number"] == 1
    assert len(told["schema_hash"]) == 64
    for entry in told["files"]:
        assert hash_file(folder / entry["path"]) == entry["sha256"]
        assert (
            pl.scan_parquet(folder / entry["path"]).select(pl.len()).collect().item()
            == (entry["rows"])
        )
    written = {path.relative_to(folder).as_posix() for path in folder.glob("**/region=*/*")}
    assert written == {entry["path"] for entry in told["files"]}


def test_duckdb_reads_it(committed):
    folder = root() / take().folder
    with duckdb.connect() as engine:
        found = engine.execute(
            "SELECT h.region, count(*), sum(size)::int, max(rooms)"
            " FROM read_parquet($files, hive_types = {region: VARCHAR}) h"
            " JOIN read_parquet($derived) USING (household_id) GROUP BY 1 ORDER BY 1",
            {
                "files": f"{folder}/region=*/households.parquet",
                "derived": f"{folder}/region=*/households_derived.parquet",
            },
        ).fetchall()
    assert found == [("05", 2, 6, 3), ("07", 1, 1, None)]


def test_what_is_written_meanwhile_is_in_the_next_one(committed, monkeypatch):
    honest = building.list_zones

    def list_after_a_change(leader):
        with transaction.atomic(), everywhere():
            committed.far.address = "près du fleuve"
            committed.far.last_interview_on = dt.date(2026, 11, 21)
            save_row(row=committed.far)
        return honest(leader)

    monkeypatch.setattr(building, "list_zones", list_after_a_change)
    take()
    dated = pl.col("last_interview_on").is_not_null()
    assert read_latest().households().filter(dated).collect().height == 0
    monkeypatch.undo()
    take()
    assert read_latest().households().filter(dated).collect().height == 1


def test_a_failure_leaves_no_half_snapshot_and_forgets_no_change(committed, monkeypatch):
    take()
    with transaction.atomic(), everywhere():
        committed.far.last_interview_on = dt.date(2026, 11, 21)
        save_row(row=committed.far)
    before = sorted(path.name for path in root().iterdir())

    def fail(*_args):
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(building, "write_derived", fail)
        with pytest.raises(OSError, match="no space"):
            take()
    assert Snapshot.objects.filter(state="failed", failure="OSError").count() == 1
    assert read_latest().snapshot.folder in before
    take()
    dated = pl.col("last_interview_on").is_not_null()
    assert read_latest().households().filter(dated).collect().height == 1
    assert not [path for path in root().iterdir() if path.name.startswith(".draft")]


def test_a_killed_one_is_said_to_have_failed(committed):
    killed = Snapshot.objects.create(
        state="running", asked_by="x", asked_at="2026-11-22T00:00Z", folder="lost"
    )
    (root() / "lost").mkdir()
    take()
    killed.refresh_from_db()
    assert (killed.state, killed.failure) == ("failed", "killed")
    assert not (root() / "lost").exists()


def test_two_are_not_taken_at_once(committed):
    with session(scope="*") as other:
        other.execute("SELECT pg_advisory_xact_lock(8451902377)")
        with pytest.raises(SnapshotRunning):
            take()


def test_nothing_can_be_read_before_the_first(committed):
    with pytest.raises(NoSnapshot):
        read_latest()


def test_it_leaves_its_lines_in_the_journal(committed):
    take()
    with transaction.atomic(), everywhere():
        lines = Entry.objects.filter(action__startswith="snapshots.").order_by("at")
        actions = [line.action for line in lines]
    assert actions == [
        "snapshots.snapshot_asked",
        "snapshots.snapshot_taken",
    ]
