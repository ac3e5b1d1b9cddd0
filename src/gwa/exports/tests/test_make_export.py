"""The file of an export: what is in it, and what never is."""

import csv
import datetime as dt
import io

import polars as pl
import pytest
from django.db import transaction

from gwa.common.scope import everywhere
from gwa.exports import errors
from gwa.exports.actions import cancel_export, make_export
from gwa.exports.models import Export
from gwa.exports.tests.conftest import (
    HOUSEHOLD,
    PERSON,
    actor_of,
    ask,
    lines,
    made,
    opened,
)
from gwa.exports.writing import formats, job
from gwa.journal.models import Entry
from gwa.testing.cast import save_row


def test_a_commune_agent_gets_the_commune_and_nothing_else(agent, committed):
    export = made(agent)
    assert (export.state, export.households, export.persons) == ("done", 2, 6)
    archive = opened(export)
    households = lines(archive, "menages.csv")
    assert {line["name_of_commune"] for line in households} == {"Socoura"}
    assert len(lines(archive, "personnes.csv")) == 6
    assert "Aïcha" not in archive.read("personnes.csv").decode()


def test_the_technical_unit_gets_the_country(operator):
    export = made(operator)
    assert (export.households, export.persons) == (3, 7)


def test_a_zone_narrows_it(operator, committed):
    export = made(operator, zone=committed.places.gao)
    assert (export.households, export.persons) == (1, 1)


def test_a_zone_above_ones_own_gives_ones_own(agent, committed):
    assert made(agent, zone=committed.places.mopti).households == 2


def test_a_zone_elsewhere_is_refused(agent, committed):
    with pytest.raises(errors.ZoneRefused):
        ask(agent, zone=committed.places.gao)


@pytest.mark.parametrize("column", ["nina", "phone", "identifier_cmss"])
def test_numbers_need_their_right(agent, column):
    with pytest.raises(errors.ColumnRefused):
        ask(agent, person_columns=[*PERSON, column])


@pytest.mark.parametrize("column", ["origin", "arrived_on", "displacement_status", "invented"])
def test_origins_and_sensitive_answers_need_their_right(agent, column):
    with pytest.raises(errors.ColumnRefused):
        ask(agent, household_columns=[*HOUSEHOLD, column])


def test_who_may_gets_numbers_origins_and_sensitive_answers_in_clear(operator):
    export = made(
        operator,
        household_columns=[*HOUSEHOLD, "origin", "arrived_on", "displacement_status"],
        person_columns=[*PERSON, "nina", "phone", "identifier_cmss"],
    )
    archive = opened(export)
    awa = next(line for line in lines(archive, "personnes.csv") if line["given_name"] == "Awa")
    assert (awa["nina"], awa["identifier_cmss"]) == ("12345678901234A", "")
    assert awa["phone"].endswith("76123456")
    place = next(line for line in lines(archive, "menages.csv") if line["origin"])
    assert (place["origin"], place["displacement_status"]) == ("07010102", "displaced")


def test_a_right_lost_before_the_job_runs_stops_it(operator):
    export = ask(operator, person_columns=[*PERSON, "nina"])
    operator.profile.rights.remove("registry.read_identifier")
    operator.profile.save()
    export = make_export(export=Export.objects.get(pk=export.pk), day=dt.date(2026, 9, 1))
    assert (export.state, export.failure) == ("failed", "exports.column_refused")
    assert not job.path_of(export).exists()


def test_a_closed_account_gets_nothing(operator):
    export = ask(operator)
    operator.is_active = False
    operator.save()
    export = make_export(export=Export.objects.get(pk=export.pk), day=dt.date(2026, 9, 1))
    assert (export.state, export.failure) == ("failed", "exports.right_lost")


def test_a_zone_lost_before_the_job_runs_is_not_in_it(agent, committed):
    export = ask(agent)
    agent.zones.set([committed.places.konna_commune])
    export = make_export(export=Export.objects.get(pk=export.pk), day=dt.date(2026, 9, 1))
    assert (export.state, export.failure) == ("failed", "exports.nobody")


def test_answers_are_told_in_codes_or_in_words(operator):
    columns = [*HOUSEHOLD, "rooms", "area", "water_treatment", "consent_sharing", "road_km"]
    codes = lines(opened(made(operator, household_columns=columns)), "menages.csv")
    told = next(line for line in codes if line["rooms"])
    assert (told["area"], told["water_treatment"], told["road_km"]) == (
        "urban",
        "cloth;boil",
        "2.5",
    )
    export = made(operator, household_columns=[*columns, "registered_on"], wording="words")
    words = lines(opened(export), "menages.csv")
    told = next(line for line in words if line["Milieu"])
    assert told["Milieu"] == "Urbain"
    assert "2,5" in told.values()
    assert told["Enregistré le"] == "14/03/2025"


@pytest.mark.parametrize("more", [[], ["roof_material", "wall_material", "toilet", "lighting"]])
def test_few_answers_and_many_are_read_alike(operator, committed, more):
    with transaction.atomic(), everywhere():
        # Given to a dictionary that nobody named: as if to the present one.
        committed.far.answers = {"rooms": 7}
        save_row(row=committed.far)
    columns = [*HOUSEHOLD, "rooms", "area", "water_treatment", "consent_sharing", "road_km", *more]
    told = lines(opened(made(operator, household_columns=columns)), "menages.csv")
    assert sorted(line["rooms"] for line in told) == ["", "3", "7"]
    assert sorted(line["water_treatment"] for line in told) == ["", "", "cloth;boil"]


def test_a_country_is_read_in_pieces_and_nobody_twice(operator, monkeypatch):
    whole = lines(opened(made(operator)), "personnes.csv")
    monkeypatch.setattr("gwa.exports.writing.pieces._MOST_HOUSEHOLDS", 1)
    export = made(operator)
    assert (export.households, export.persons) == (3, 7)
    assert lines(opened(export), "personnes.csv") == whole


def test_parquet_keeps_types(operator):
    export = made(
        operator, form="parquet", household_columns=[*HOUSEHOLD, "rooms", "registered_on"]
    )
    frame = pl.read_parquet(io.BytesIO(opened(export).read("menages.parquet")))
    assert frame.schema["registered_on"] == pl.Date
    assert sorted(frame["rooms"].drop_nulls().to_list()) == [3]
    assert frame.height == 3


def test_xlsx_has_a_sheet_a_table_and_the_dictionary(operator):
    archive = opened(made(operator, form="xlsx", wording="words"))
    book = io.BytesIO(archive.read("export.xlsx"))
    import zipfile

    sheets = zipfile.ZipFile(book).read("xl/workbook.xml").decode()
    for name in ("Menages", "Personnes", "Dictionnaire"):
        assert f'name="{name}"' in sheets


def test_a_text_that_a_spreadsheet_would_run_is_disarmed(operator, committed):
    with transaction.atomic(), everywhere():
        person = committed.person("Awa")
        person.everyday_name = '=HYPERLINK("http://x")'
        save_row(row=person)
    archive = opened(made(operator, person_columns=[*PERSON, "everyday_name"]))
    awa = next(line for line in lines(archive, "personnes.csv") if line["given_name"] == "Awa")
    assert awa["everyday_name"] == '\'=HYPERLINK("http://x")'
    book = opened(made(operator, form="xlsx", person_columns=[*PERSON, "everyday_name"]))
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(book.read("export.xlsx"))).read("xl/worksheets/sheet2.xml")
    assert b"HYPERLINK" in sheet
    assert b"<f>" not in sheet


def test_the_dictionary_of_columns_is_beside(operator):
    archive = opened(made(operator, household_columns=[*HOUSEHOLD, "area", "status"]))
    text = archive.read("dictionnaire.csv").decode("utf-8-sig")
    told = {line["name"]: line for line in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert told["area"]["label_en"] == "Area"
    assert "urban = Urbain" in told["area"]["choices_fr"]
    assert "active = active" in told["status"]["choices_en"]
    assert set(told) == {*HOUSEHOLD, "area", "status", *PERSON}


def test_filters_choose_households_by_state_and_by_when_a_section_was_asked(operator, committed):
    assert made(operator, status="active").households == 3
    assert made(operator, status="dissolved").failure == "exports.nobody"
    march = {"asked_from": dt.date(2025, 3, 1), "asked_to": dt.date(2025, 3, 31)}
    assert made(operator, section="housing", **march).households == 1
    after = {"asked_from": dt.date(2025, 4, 1)}
    assert made(operator, section="housing", **after).failure == "exports.nobody"


def test_a_hidden_position_is_left_out(operator, committed):
    columns = [*HOUSEHOLD, "lat", "lon"]
    assert "14.53" in opened(made(operator, household_columns=columns)).read("menages.csv").decode()
    with transaction.atomic(), everywhere():
        committed.household.is_position_hidden = True
        save_row(row=committed.household)
    text = opened(made(operator, household_columns=columns)).read("menages.csv").decode()
    assert "14.53" not in text


def test_a_sheet_that_would_be_too_long_is_refused_before_it_is_written(operator, monkeypatch):
    monkeypatch.setattr(job, "MOST_ROWS", 2)
    assert made(operator, form="xlsx").failure == "exports.too_many_rows"
    monkeypatch.undo()
    monkeypatch.setattr(formats, "MOST_ROWS", 5)
    assert made(operator, form="xlsx").failure == "exports.too_many_rows"
    assert list(job.folder().iterdir()) == []
    monkeypatch.undo()
    assert formats.MOST_ROWS == 1_048_575


def test_the_file_is_sealed_on_disk(operator):
    export = made(operator)
    kept = job.path_of(export).read_bytes()
    assert b"PK" not in kept[:16]
    assert b"Traor" not in kept
    assert job.path_of(export).stat().st_mode & 0o077 == 0
    assert [path.name for path in job.folder().iterdir()] == [job.path_of(export).name]


def test_a_failure_leaves_nothing(operator, monkeypatch):
    def fail(*_args):
        raise OSError("no space left")

    export = ask(operator)
    monkeypatch.setattr(job, "read_persons", fail)
    with pytest.raises(OSError, match="no space"):
        make_export(export=export, day=dt.date(2026, 9, 1))
    assert list(job.folder().iterdir()) == []
    assert Export.objects.get().state == "failed"


def test_one_cancelled_while_it_runs_stops_and_leaves_nothing(operator, monkeypatch):
    export = ask(operator)
    honest = job.read_households

    def cancel_first(*args):
        Export.objects.filter(pk=export.pk).update(wants_cancel=True)
        return honest(*args)

    monkeypatch.setattr(job, "read_households", cancel_first)
    monkeypatch.setattr("gwa.exports.actions._TOLD_EVERY", 0)
    export = make_export(export=export, day=dt.date(2026, 9, 1))
    assert export.state == "cancelled"
    assert list(job.folder().iterdir()) == []


def test_one_cancelled_while_it_waits_is_not_made(operator):
    export = ask(operator)
    with transaction.atomic(), everywhere():
        cancel_export(export=export, actor=actor_of(operator))
    export = make_export(export=Export.objects.get(pk=export.pk), day=dt.date(2026, 9, 1))
    assert export.state == "cancelled"
    assert list(job.folder().iterdir()) == []


def test_a_job_killed_is_made_anew_by_the_next(operator):
    export = ask(operator)
    Export.objects.filter(pk=export.pk).update(state="running")
    (job.folder() / f".draft-{export.pk.hex}").mkdir()
    export = make_export(export=Export.objects.get(pk=export.pk), day=dt.date(2026, 9, 1))
    assert (export.state, export.households) == ("done", 3)


def test_one_at_a_time_for_each_person(operator, agent):
    ask(operator)
    ask(agent)
    with pytest.raises(errors.ExportOpen):
        ask(operator)


def test_the_journal_tells_reason_columns_zone_and_counts(agent):
    export = made(agent)
    opened(export)
    with transaction.atomic(), everywhere():
        told = {line.action: line for line in Entry.objects.filter(action__startswith="exports.")}
    assert set(told) == {
        "exports.export_asked",
        "exports.export_done",
        "exports.export_downloaded",
    }
    done = told["exports.export_done"]
    assert done.reason == "réunion de la commune"
    assert done.data["household_columns"] == HOUSEHOLD
    assert (done.data["households"], done.data["persons"]) == (2, 6)
    assert done.data["paths"] == agent.scope_paths()
