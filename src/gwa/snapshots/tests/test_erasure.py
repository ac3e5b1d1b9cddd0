"""An erasure takes people out of every snapshot kept, and leaves the others as they are."""

import os
import subprocess
import sys

import polars as pl
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from gwa.snapshots.models import Snapshot
from gwa.snapshots.queries import read_latest
from gwa.snapshots.tasks import forget
from gwa.snapshots.tests.conftest import take
from gwa.snapshots.writing.folders import root
from gwa.snapshots.writing.manifest import hash_file, read_manifest


@pytest.fixture
def two_snapshots(committed, monkeypatch):
    monkeypatch.setattr("gwa.snapshots.actions.prune_snapshots", lambda **_: 0)
    return take(), take()


def erase(number: str, tmp_path) -> None:
    """Run the command as the owner of the tables."""
    env = os.environ | {"GWA_DB_ROLE": "owner", "GWA_STATE_DIR": str(tmp_path)}
    words = ["erase_household", number, "--reason", "demande", "--by", "fatou"]
    subprocess.run([sys.executable, "-m", "django", *words], env=env, check=True, timeout=120)  # noqa: S603


def ids_in(snapshot: Snapshot) -> set[str]:
    """Every household and person that any file of a snapshot names."""
    found: set[str] = set()
    for path in (root() / snapshot.folder).rglob("region=*/*.parquet"):
        frame = pl.read_parquet(path, hive_partitioning=False)
        for name in frame.columns:
            if name.endswith("_id") or name == "merged_into":
                found |= {str(one) for one in frame[name].drop_nulls().to_list()}
    return found


def test_the_erased_are_in_no_snapshot_and_the_others_in_all(committed, two_snapshots, tmp_path):
    with_them = [ids_in(one) for one in two_snapshots]
    erase(committed.household.registry_number, tmp_path)
    job = ProcrastinateJob.objects.get(task_name="snapshots.forget")
    erased = set(job.args["ids"])
    assert len(erased) == 5
    assert all(erased <= ids for ids in with_them)
    forget(**job.args)
    for snapshot, before in zip(two_snapshots, with_them, strict=True):
        assert ids_in(snapshot) == before - erased


def test_the_manifest_still_proves_each_file(committed, two_snapshots, tmp_path):
    erase(committed.household.registry_number, tmp_path)
    forget(**ProcrastinateJob.objects.get(task_name="snapshots.forget").args)
    for snapshot in Snapshot.objects.all():
        folder = root() / snapshot.folder
        assert hash_file(folder / "manifest.json") == snapshot.manifest_sha256
        for entry in read_manifest(folder)["files"]:
            assert hash_file(folder / entry["path"]) == entry["sha256"]
        assert snapshot.counts["households"] == 2
        assert not list(folder.rglob("*.fresh"))


def test_the_next_snapshot_builds_on_what_is_left(committed, two_snapshots, tmp_path):
    erase(committed.household.registry_number, tmp_path)
    forget(**ProcrastinateJob.objects.get(task_name="snapshots.forget").args)
    third = take()
    assert (third.zones_read, third.zones_kept) == (1, 1)
    assert read_latest().households().collect().height == 2


def test_forgetting_twice_changes_nothing_more(committed, two_snapshots, tmp_path):
    erase(committed.household.registry_number, tmp_path)
    args = ProcrastinateJob.objects.get(task_name="snapshots.forget").args
    forget(**args)
    proofs = [one.manifest_sha256 for one in Snapshot.objects.all()]
    forget(**args)
    assert [one.manifest_sha256 for one in Snapshot.objects.all()] == proofs
