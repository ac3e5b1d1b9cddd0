"""Snapshots of the cast, taken from committed rows: their sessions see nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.snapshots.actions import ask_snapshot, take_snapshot
from gwa.snapshots.models import Snapshot
from gwa.testing.cast import Cast, make_cast, save_row
from gwa.testing.places import make_places
from gwa.variables.actions import load_dictionary, publish_version

DAY = dt.date(2026, 11, 22)

Take = Callable[..., Snapshot]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"


@pytest.fixture
def committed(transactional_db) -> Cast:
    """The cast, committed, with answers of the dictionary in service."""
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    version = publish_version(
        version=load_dictionary(folder=folder, actor=SYSTEM), actor=SYSTEM, at=timezone.now()
    )
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        cast.household.answers = {"rooms": 3, "area": "urban", "water_treatment": ["cloth"]}
        cast.household.freshness = {"housing": "2025-03-14"}
        for row in (cast.household, cast.person("Awa"), cast.person("Kadia")):
            row.dictionary_version = version
            if hasattr(row, "given_name"):
                row.answers = difficulties(walking="a_lot" if row.given_name == "Kadia" else "none")
            save_row(row=row)
        return cast


def difficulties(*, walking: str) -> dict[str, str]:
    """The Washington Group's six answers."""
    domains = ("seeing", "hearing", "remembering", "self_care", "communicating")
    return {**{f"wg_{domain}": "none" for domain in domains}, "wg_walking": walking}


def take(day: dt.date = DAY) -> Snapshot:
    """Ask for a snapshot and take it."""
    return take_snapshot(snapshot=ask_snapshot(actor=SYSTEM), day=day, actor=SYSTEM)
