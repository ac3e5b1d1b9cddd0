"""What is exported and brought into an empty registry is the same registry.

The registry is a drawn country. Compared are all the columns that both exports and imports know,
through a second export; ids are the registry's own, and new.
"""

import csv
import datetime as dt
import io
import zipfile
from collections import Counter

import pytest
from django.db import connection, transaction
from django.db.models import F

from gwa.collection.actions.sources import DataSourceFacts, add_data_source
from gwa.collection.rules.mappings import PLACE_NAMES, targets
from gwa.collection.tests.conftest import FATOU, Lists, refusals_of
from gwa.common.scope import everywhere
from gwa.exports.actions import ask_export, make_export, open_export
from gwa.exports.columns import LINKS, offered_columns
from gwa.exports.models import Export
from gwa.journal.models import SYSTEM, Actor
from gwa.registry.actions import clear_place_now
from gwa.registry.models import Household
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.country import load_country
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import Level

HOUSEHOLDS = 60
TODAY = dt.date(2026, 11, 22)
_EMPTY = (
    "personname",
    "statement",
    "identifier",
    "householdorigin",
    "membership",
    "household",
    "person",
    "compound",
)

Sheets = tuple[list[dict[str, str]], list[dict[str, str]]]


@pytest.fixture(params=[11, 12, 13])
def country(request, transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    load_first_dictionary()
    with transaction.atomic(), everywhere():
        load_country(households=HOUSEHOLDS, seed=request.param, actor=SYSTEM)
        # A few drawn households are hosted in their own village, which the registry's verbs refuse.
        for one in Household.objects.filter(place_now=F("zone"), status="active"):
            clear_place_now(household=one, actor=FATOU)
    return make_account("operator")


def columns(level: Level) -> list[str]:
    """What both exports and imports know, but for the registry's own ids and names of places.

    Questions asked up to an age only are left out: an import judges ages from the last interview
    on, and who was 17 when a section was asked may be 18 by then.
    """
    dictionary = current_dictionary()
    known = set(targets(dictionary, level)) - set(PLACE_NAMES) - {"household_id", "person_id"}
    known -= {one.name for one in dictionary.variables if one.to_age is not None}
    return [one.name for one in offered_columns(dictionary, level, "fr") if one.name in known]


def export(operator) -> Sheets:
    """Export everything in codes, and read it back."""
    names = {level: [*LINKS[level], *columns(level)] for level in Level}
    asked = Export(
        asked_by=operator,
        reason="aller et retour",
        form="csv",
        wording="codes",
        language="fr",
        status="active",
        household_columns=names[Level.HOUSEHOLD],
        person_columns=names[Level.PERSON],
    )
    actor = Actor(label=operator.username, user_id=operator.pk)
    with transaction.atomic(), everywhere():
        ask_export(export=asked, actor=actor)
    made = make_export(export=asked, day=TODAY)
    assert made.state == Export.State.DONE, made.failure
    with transaction.atomic(), everywhere():
        blocks = open_export(export=made, person=operator, actor=actor)
        archive = zipfile.ZipFile(io.BytesIO(b"".join(blocks)))
    return tuple(
        list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";"))
        for name in ("menages.csv", "personnes.csv")
    )


def as_file(lines: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def empty_registry() -> None:
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('gwa.change', gen_random_uuid()::text, true),"
            " set_config('gwa.bulk', 'on', true)"
        )
        for table in _EMPTY:
            cursor.execute(f"DELETE FROM registry_{table}")  # noqa: S608 (above)
        assert not Household.objects.exists()


def bring(sheets: Sheets) -> Lists:
    with transaction.atomic(), everywhere():
        source = add_data_source(
            facts=DataSourceFacts(
                name="Le registre lui-même",
                kind="partner",
                organisation="Unité technique",
                collected_from=TODAY,
                collected_to=TODAY,
            ),
            actor=FATOU,
        )
    lists = Lists(None, source)  # type: ignore[arg-type]
    mapping = {
        "layout": "two_sheets",
        "households": {
            "sheet": "menages",
            "key": "household_id",
            "columns": {name: name for name in columns(Level.HOUSEHOLD)},
        },
        "persons": {
            "sheet": "personnes",
            "household_key": "household_id",
            "columns": {name: name for name in columns(Level.PERSON)},
        },
        "dates": "ymd",
        "decimal": ".",
    }
    made = lists.upload(
        ("menages.csv", as_file(sheets[0])),
        ("personnes.csv", as_file(sheets[1])),
        collected_on=TODAY,
    )
    done = lists.run(made, mapping)
    assert refusals_of(done) == {}
    return lists


def compared(sheets: Sheets) -> tuple[dict[str, dict[str, str]], Counter[tuple[str, ...]]]:
    """Households by their number, persons under the number of their household."""
    households, persons = sheets
    numbers = {line["household_id"]: line["registry_number"] for line in households}
    homes = {
        line["registry_number"]: {
            name: value for name, value in line.items() if name != "household_id"
        }
        for line in households
    }
    people = Counter(
        (numbers[line["household_id"]], *(line[name] for name in columns(Level.PERSON)))
        for line in persons
    )
    return homes, people


def test_export_then_import_into_an_empty_registry_gives_the_same_registry(country):
    before = export(country)
    assert len(before[0]) > HOUSEHOLDS * 0.8
    empty_registry()
    bring(before)
    homes, people = compared(before)
    homes_after, people_after = compared(export(country))
    assert homes_after == homes
    assert people_after == people
