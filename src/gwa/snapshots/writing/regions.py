"""The files of one region: facts read or kept, then what is derived from them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from gwa.snapshots.rules.pieces import Piece, pieces_of
from gwa.snapshots.writing import derived, folders, manifest
from gwa.snapshots.writing.facts import (
    FACTS,
    HOUSEHOLDS,
    MEMBERSHIPS,
    NAMES,
    ORDER,
    PERSONS,
)
from gwa.snapshots.writing.readers import PieceRows, Readers

HOUSEHOLDS_DERIVED, PERSONS_DERIVED = "households_derived", "persons_derived"
Regions = Mapping[str, Mapping[str, int]]
"""The zones of each region that hold rows, with how many households each has."""
# What one query reads: enough that its own cost is small, not so much that rows fill the memory.
_MOST_HOUSEHOLDS = 10_000


@dataclass(frozen=True)
class Before:
    """The snapshot before this one, and the paths of the zones that changed since."""

    folder: Path
    manifest: Mapping[str, Any]
    changed: Collection[str]

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """Its files, by path."""
        return {entry["path"]: entry for entry in self.manifest["files"]}

    def holds(self, region: str) -> bool:
        """Tell whether its facts of the region are there, byte for byte as they were written."""
        return all(
            (entry := self.entries.get(path_of(region, table))) is not None
            and (file := self.folder / entry["path"]).is_file()
            and manifest.hash_file(file) == entry["sha256"]
            for table in FACTS
        )


@dataclass(slots=True)
class Written:
    """What has been written so far."""

    files: list[manifest.FileEntry] = field(default_factory=list)
    # Answers that could not be read, by zone and variable: kept with the zone.
    unreadable: dict[str, dict[str, int]] = field(default_factory=dict)
    zones_read: int = 0
    zones_kept: int = 0


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a region needs: pieces being read, zones kept from before."""

    region: str
    reading: dict[Piece, Future[PieceRows]]
    kept: list[str]
    has_changed: bool


def path_of(region: str, table: str) -> str:
    """Return where a table of a region lies; names lie apart, for matching alone."""
    folder = f"matching/region={region}" if table == NAMES else f"region={region}"
    return f"{folder}/{table}.parquet"


def write_facts(
    draft: Path, regions: Regions, readers: Readers, before: Before | None, written: Written
) -> None:
    """Write the facts of all regions; the next region is read while one is written."""
    asked = (_ask(region, zones, readers, before) for region, zones in regions.items())
    for wanted in _one_ahead(asked):
        written.zones_read += sum(map(len, wanted.reading))
        written.zones_kept += len(wanted.kept)
        if before is not None and wanted.kept and not wanted.has_changed:
            _link(draft, wanted, before, written)
        else:
            _write(draft, wanted, before, written)


def _one_ahead(asked: Iterable[_Wanted]) -> Iterator[_Wanted]:
    waiting: list[_Wanted] = []
    for wanted in asked:
        waiting.append(wanted)
        if len(waiting) > 1:
            yield waiting.pop(0)
    yield from waiting


def _ask(region: str, zones: Mapping[str, int], readers: Readers, before: Before | None) -> _Wanted:
    changed = before.changed if before and before.holds(region) else zones.keys()
    pieces = pieces_of(zones, changed, most=_MOST_HOUSEHOLDS)
    return _Wanted(
        region=region,
        reading={piece: readers.submit(piece) for piece in pieces},
        kept=[path for path in zones if path not in changed],
        # A zone that lost its last row is no longer listed, and has changed all the same.
        has_changed=any(readers.zones.region_of(path) == region for path in changed),
    )


def _link(draft: Path, wanted: _Wanted, before: Before, written: Written) -> None:
    """Take the files of the region as they are."""
    for table in FACTS:
        entry = before.entries[path_of(wanted.region, table)]
        folders.link_table(before.folder / entry["path"], draft / entry["path"])
        written.files.append(manifest.FileEntry(**{**entry, "reused": True}))
    _carry_unreadable(wanted.kept, before, written)


def _write(draft: Path, wanted: _Wanted, before: Before | None, written: Written) -> None:
    """Write the region anew, from the pieces read and the rows kept from before."""
    parts: dict[str, list[pl.DataFrame]] = {table: [] for table in FACTS}
    for future in wanted.reading.values():
        rows = future.result()
        for table in FACTS:
            parts[table].append(rows.tables[table])
        for path, counts in rows.unreadable.items():
            written.unreadable[path] = dict(sorted(counts.items()))
    wanted.reading.clear()
    if before is not None and wanted.kept:
        for table in FACTS:
            old = pl.read_parquet(before.folder / path_of(wanted.region, table))
            parts[table].append(old.filter(pl.col("zone_path").is_in(wanted.kept)))
        _carry_unreadable(wanted.kept, before, written)
    for table in FACTS:
        frame = pl.concat(parts.pop(table))
        # Pieces follow each other; what was kept lies between them.
        frame = frame.sort(ORDER[table]) if wanted.kept else frame
        written.files.append(write_file(draft, wanted.region, table, frame))


def _carry_unreadable(kept: Iterable[str], before: Before, written: Written) -> None:
    told = before.manifest["unreadable"]
    written.unreadable |= {path: told[path] for path in kept if path in told}


def write_file(draft: Path, region: str, table: str, frame: pl.DataFrame) -> manifest.FileEntry:
    """Write one table of one region and tell what it is."""
    path = path_of(region, table)
    folders.write_table(frame, draft / path)
    return manifest.FileEntry(
        path=path,
        table=table,
        region=region,
        rows=frame.height,
        size=(draft / path).stat().st_size,
        sha256=manifest.hash_file(draft / path),
        reused=False,
    )


def write_derived(
    draft: Path, region: str, people: pl.LazyFrame, day: dt.date
) -> list[manifest.FileEntry]:
    """Write what is derived for a region; `people` are those of the whole country.

    Whoever leads a household of this region by a second hearth may be counted in another one.
    """
    households = _read(draft, region, HOUSEHOLDS, ["household_id", "status"])
    current = _read(draft, region, MEMBERSHIPS).filter(pl.col("ended_on").is_null())
    persons = _read_what_counts(draft, region)
    own = persons.select(derived.PERSON_SLIM)
    absent = current.join(own, on="person_id", how="anti")["person_id"].unique()
    if absent.len():
        others = people.filter(pl.col("person_id").is_in(absent.implode())).collect()
        own = pl.concat([own, others.select(own.columns)])
    members = derived.current_members(current, households, own)
    of_persons = derived.derive_persons(persons, members, day)
    of_households = derived.derive_households(households, members, of_persons, day)
    return [
        write_file(draft, region, PERSONS_DERIVED, of_persons),
        write_file(draft, region, HOUSEHOLDS_DERIVED, of_households),
    ]


def all_people(draft: Path) -> pl.LazyFrame:
    """The persons of the country, with the little that other regions may need of them."""
    return pl.scan_parquet(
        draft / "region=*" / f"{PERSONS}.parquet", hive_partitioning=False
    ).select(derived.PERSON_SLIM)


def _read_what_counts(draft: Path, region: str) -> pl.DataFrame:
    """The persons of a region with the few columns that something is derived from."""
    path = draft / path_of(region, PERSONS)
    known = pl.read_parquet_schema(path)
    wanted = (*derived.PERSON_SLIM, *derived.WASHINGTON_GROUP)
    return _read(draft, region, PERSONS, [name for name in wanted if name in known])


def _read(draft: Path, region: str, table: str, columns: list[str] | None = None) -> pl.DataFrame:
    return pl.read_parquet(draft / path_of(region, table), columns=columns, hive_partitioning=False)
