"""Exports of the cast: asked through the screen's action, made by the job, opened by the asker."""

import io
import zipfile

import pytest
from django.db import transaction
from django.utils import timezone

from gwa.common.scope import everywhere, scoped
from gwa.exports.actions import ask_export, make_export, open_export
from gwa.exports.models import Export
from gwa.journal.models import SYSTEM, Actor
from gwa.registry.actions import set_identifier, set_origin
from gwa.testing.accounts import make_account
from gwa.testing.cast import FATOU, LATER, correction, make_cast, save_row
from gwa.testing.places import make_places
from gwa.variables.actions import load_dictionary, publish_version

HOUSEHOLD = ["household_id", "registry_number", "name_of_commune", "zone_code"]
PERSON = ["person_id", "household_id", "given_name", "family_name", "sex"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def committed(transactional_db, settings):
    """The cast, committed, with answers, a number, and people of several profiles."""
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    version = publish_version(
        version=load_dictionary(folder=folder, actor=SYSTEM), actor=SYSTEM, at=timezone.now()
    )
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        cast.household.answers = {
            "rooms": 3,
            "area": "urban",
            "water_treatment": ["cloth", "boil"],
            "displacement_status": "displaced",
            "road_km": 2.5,
        }
        cast.household.freshness = {"housing": "2025-03-14"}
        cast.household.dictionary_version = version
        save_row(row=cast.household)
        set_identifier(
            person=cast.person("Awa"),
            kind="nina",
            value="12345678901234A",
            source=correction(),
            actor=FATOU,
        )
        set_origin(
            household=cast.household,
            zone=cast.places.berrah,
            arrived_on=LATER,
            actor=FATOU,
            reason="dit au recensement",
        )
        return cast


@pytest.fixture
def operator(committed):
    return make_account("operator")


@pytest.fixture
def agent(committed):
    """An agent of the commune of Socoura."""
    return make_account("commune_agent", committed.places.socoura)


def question(person, **more) -> Export:
    """A question that is not asked yet."""
    told = {
        "reason": "réunion de la commune",
        "form": "csv",
        "wording": "codes",
        "language": "fr",
        "household_columns": HOUSEHOLD,
        "person_columns": PERSON,
        **more,
    }
    return Export(asked_by=person, **told)


def ask(person, **more) -> Export:
    with transaction.atomic(), scoped(person.scope_paths()):
        return ask_export(export=question(person, **more), actor=actor_of(person))


def actor_of(person) -> Actor:
    return Actor(label=person.username, user_id=person.pk, right="exports.export")


def made(person, **more) -> Export:
    """An export asked for and made."""
    return make_export(export=ask(person, **more), day=LATER.replace(year=2026))


def opened(export: Export) -> zipfile.ZipFile:
    """The archive, as the asker downloads it."""
    with transaction.atomic(), scoped(export.asked_by.scope_paths()):
        blocks = open_export(export=export, person=export.asked_by, actor=actor_of(export.asked_by))
        return zipfile.ZipFile(io.BytesIO(b"".join(blocks)))


def lines(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """The lines of a CSV file of an archive."""
    import csv

    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
