"""What did not change is not read again, and nobody can tell the difference."""

import datetime as dt
import random
from contextlib import suppress

import polars as pl
import pytest
from django.db import transaction

from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.registry.actions import (
    change_attachment,
    dissolve_household,
    move_member,
    register_household,
)
from gwa.registry.rules.facts import MemberFacts
from gwa.snapshots.changes import mark_country
from gwa.snapshots.models import Snapshot, ZoneChange
from gwa.snapshots.queries import read_latest
from gwa.snapshots.tests.conftest import take
from gwa.snapshots.writing.folders import root
from gwa.testing.cast import FATOU, LATER, MOUSSA, correction, facts, interview, place, save_row
from gwa.zones.models import Zone


def tables() -> dict[str, list[dict]]:
    """Everything the last snapshot says, in its own order."""
    reading = read_latest()
    found = {
        "households": reading.households(),
        "persons": reading.persons(),
        "memberships": reading.memberships(),
        "names": reading.names(),
    }
    return {name: table.collect().to_dicts() for name, table in found.items()}


def forget_everything() -> None:
    with transaction.atomic():
        mark_country()


def inode(snapshot: Snapshot, path: str) -> int:
    return (root() / snapshot.folder / path).stat().st_ino


def test_a_registry_that_did_not_change_is_not_read_again(committed):
    first = take()
    marks = ZoneChange.objects.count()
    second = take()
    assert marks == 0
    assert (first.zones_kept, second.zones_read) == (0, 0)
    assert second.zones_kept == first.zones_read == 2


@pytest.mark.usefixtures("committed")
def test_files_that_did_not_change_are_the_same_files(settings, monkeypatch):
    monkeypatch.setattr("gwa.snapshots.actions.prune_snapshots", lambda **_: 0)
    first, second = take(), take()
    path = "region=07/persons.parquet"
    assert inode(first, path) == inode(second, path)


def test_only_the_zones_that_changed_are_read(committed):
    take()
    with transaction.atomic(), everywhere():
        committed.far.last_interview_on = dt.date(2026, 3, 1)
        save_row(row=committed.far)
    second = take()
    assert (second.zones_read, second.zones_kept) == (1, 1)
    dated = read_latest().households().filter(pl.col("last_interview_on").is_not_null())
    assert dated.collect()["household_id"].to_list() == [str(committed.far.pk)]


def test_ages_are_new_though_nothing_was_written(committed):
    take(day=dt.date(2026, 5, 1))
    second = take(day=dt.date(2026, 5, 2))
    assert second.zones_read == 0
    ages = read_latest().households().filter(pl.col("size") == 4).collect()["head_age_max"]
    assert ages.to_list() == [42]


def test_a_household_that_moves_to_another_region_leaves_the_first(committed):
    take()
    with transaction.atomic(), everywhere():
        change_attachment(
            household=committed.far,
            zone=committed.places.konna,
            on=LATER,
            source=correction(),
            actor=FATOU,
            reason="retour",
        )
    take()
    households = read_latest().households().collect()
    assert sorted(households["region"].to_list()) == ["05", "05", "05"]


def test_a_zone_that_changes_code_lets_everything_be_read(committed):
    take()
    Zone.objects.filter(pk=committed.places.berrah.pk).update(name="Berra")
    assert take().zones_read == 0
    Zone.objects.filter(pk=committed.places.berrah.pk).update(code="07010199")
    assert take().zones_kept == 0


def test_a_file_that_was_touched_is_not_taken_over(committed):
    first = take()
    file = root() / first.folder / "region=07" / "persons.parquet"
    file.write_bytes(file.read_bytes() + b" ")
    second = take()
    assert (second.zones_read, second.zones_kept) == (1, 1)


def test_after_a_manifest_that_is_not_ours_everything_is_read(committed):
    first = take()
    manifest = root() / first.folder / "manifest.json"
    manifest.write_text(manifest.read_text() + " ")
    assert take().zones_kept == 0


def test_a_change_undone_by_its_transaction_leaves_no_mark(committed):
    take()
    with transaction.atomic(), everywhere():
        committed.far.last_interview_on = dt.date(2026, 3, 1)
        save_row(row=committed.far)
        transaction.set_rollback(True)
    assert take().zones_read == 0


def act_at_random(cast, dice: random.Random) -> None:
    """Do one of the things that move rows about."""
    zones = [cast.places.sevare, cast.places.konna, cast.places.berrah, cast.places.chateau]
    households = [cast.household, cast.neighbours, cast.far]
    with transaction.atomic(), everywhere():
        match dice.randrange(4):
            case 0:
                register_household(
                    household=place(dice.choice(zones)),
                    members=[
                        MemberFacts(person=facts("Ali", "Tall", "M"), relationship="head"),
                        MemberFacts(person=facts("Fanta", "Tall", "F"), relationship="child"),
                    ],
                    source=interview(),
                    actor=MOUSSA,
                )
            case 1:
                change_attachment(
                    household=dice.choice(households),
                    zone=dice.choice(zones),
                    on=LATER,
                    source=correction(),
                    actor=FATOU,
                    reason="essai",
                )
            case 2:
                one = dice.choice(households)
                one.refresh_from_db()
                one.last_interview_on = dt.date(2026, 1, dice.randint(1, 28))
                save_row(row=one)
            case 3:
                moved = cast.membership(dice.choice(["Binta", "Seydou", "Kadia"]))
                others = [one for one in households if one.pk != moved.household_id]
                move_member(
                    person=moved.person,
                    to=dice.choice(others),
                    relationship="other_relative",
                    on=LATER,
                    source=correction(),
                    actor=FATOU,
                    reason="essai",
                )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_step_by_step_is_the_same_as_all_at_once(committed, seed):
    dice = random.Random(seed)  # noqa: S311 (a fixed draw)
    for _ in range(4):
        for _ in range(dice.randint(0, 2)):
            # Some draws are refused, and change nothing.
            with suppress(DomainError):
                act_at_random(committed, dice)
        take()
    stepped = tables()
    forget_everything()
    assert take().zones_kept == 0
    assert tables() == stepped


def test_an_emptied_zone_leaves_no_rows_behind(committed):
    take()
    with transaction.atomic(), everywhere():
        dissolve_household(household=committed.far, on=LATER, actor=FATOU, reason="essai")
    take()
    gone = read_latest().households().filter(pl.col("region") == "07").collect()
    assert gone.select("status", "size").to_dicts() == [{"status": "dissolved", "size": 0}]
