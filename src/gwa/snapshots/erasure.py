"""What snapshots keep of somebody who is erased: their lines are taken out of every one kept."""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl
from procrastinate.contrib.django import app

from gwa.common.scope import EVERYWHERE
from gwa.registry.erasure import Erased
from gwa.snapshots.models import Snapshot
from gwa.snapshots.reading.sessions import session
from gwa.snapshots.writing import folders, manifest
from gwa.snapshots.writing.lock import wait_for_turn

_OWN = ("household_id", "person_id")
_OTHERS = ("respondent_id", "recipient_id", "head_person_id", "merged_into")


def ask_to_forget(erased: Erased) -> None:
    """Queue the job in the transaction of the erasure: neither happens without the other.

    Files are written after the commit only, when nothing can bring the rows back.
    """
    app.configure_task("snapshots.forget").defer(
        ids=[str(one) for one in (*erased.households, *erased.persons)]
    )


def forget(ids: Collection[str]) -> int:
    """Take the lines of these households and persons out of all snapshots; return how many files.

    Waits for a snapshot being taken: it may have read them before they were erased. Run twice, it
    does the rest of what it began.
    """
    changed = 0
    with session(scope=EVERYWHERE) as guard:
        wait_for_turn(guard)
        for snapshot in Snapshot.objects.filter(state=Snapshot.State.DONE):
            changed += _forget_in(snapshot, set(ids))
    return changed


def _forget_in(snapshot: Snapshot, ids: set[str]) -> int:
    folder = folders.root() / snapshot.folder
    told = manifest.read_manifest(folder)
    if told is None:
        return 0
    changed = sum(_clean(folder, entry, ids) for entry in told["files"])
    if changed:
        _tell(snapshot, folder, told)
    return changed


def _clean(folder: Path, entry: dict[str, Any], ids: set[str]) -> bool:
    """Write the file anew without them where they are in it, and say so in its entry."""
    path = folder / entry["path"]
    frame = pl.read_parquet(path, hive_partitioning=False)
    own = [pl.col(name).is_in(ids) for name in _OWN if name in frame.columns]
    others = [name for name in _OTHERS if name in frame.columns]
    kept = frame.filter(~pl.any_horizontal(own).fill_null(value=False)).with_columns(
        pl.when(pl.col(name).is_in(ids)).then(None).otherwise(pl.col(name)).alias(name)
        for name in others
    )
    if kept.equals(frame):
        return False
    # Under another name first: other snapshots may hold the same file.
    fresh = path.with_suffix(".fresh")
    folders.write_table(kept, fresh)
    fresh.rename(path)
    entry |= {
        "rows": kept.height,
        "size": path.stat().st_size,
        "sha256": manifest.hash_file(path),
        "reused": False,
    }
    return True


def _tell(snapshot: Snapshot, folder: Path, told: dict[str, Any]) -> None:
    """Write the manifest anew, and remember it: the next snapshot builds on it."""
    for table in told["counts"]:
        told["counts"][table] = sum(
            entry["rows"] for entry in told["files"] if entry["table"] == table
        )
    told["erased_since"] = True
    text = json.dumps(told, ensure_ascii=False, indent=1)
    fresh = folder / f".{manifest.NAME}"
    folders.write_text(text, fresh)
    fresh.rename(folder / manifest.NAME)
    snapshot.manifest_sha256 = hashlib.sha256(text.encode()).hexdigest()
    snapshot.counts = told["counts"]
    snapshot.save(update_fields=["manifest_sha256", "counts"])
