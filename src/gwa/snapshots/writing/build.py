"""Write one snapshot: the zones that changed are read, the rest is taken from the one before."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gwa.snapshots.reading.sessions import Session
from gwa.snapshots.reading.zones import list_zones
from gwa.snapshots.writing import folders, manifest
from gwa.snapshots.writing.facts import FACTS, ZoneCodes
from gwa.snapshots.writing.readers import Shape, open_readers
from gwa.snapshots.writing.regions import (
    HOUSEHOLDS_DERIVED,
    PERSONS_DERIVED,
    Before,
    Regions,
    Written,
    all_people,
    path_of,
    write_derived,
    write_facts,
)
from gwa.variables.models import DictionaryVersion
from gwa.zones.models import Level

ZONES = "zones.parquet"
_ZONE_COLUMNS = {
    "zone_id": pl.Int64(),
    "code": pl.String(),
    "name": pl.String(),
    "level": pl.Int16(),
    "parent_id": pl.Int64(),
    "zone_path": pl.String(),
    "geography_id": pl.Int64(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
}
_ZONES = """
    SELECT id, code, name, level, parent_id, path, geography_id, valid_from, valid_to
    FROM zones_zone ORDER BY id
"""


def build(
    leader: Session, draft: Path, *, shape: Shape, day: dt.date, before: Before | None
) -> dict[str, Any]:
    """Write the files of a snapshot in the draft folder, its manifest last, and return that."""
    schema = shape.schema()
    schema_hash = manifest.hash_schema(schema)
    if before and not _can_follow(before.manifest, schema_hash, shape.version):
        before = None
    zones = pl.DataFrame(leader.execute(_ZONES).fetchall(), schema=_ZONE_COLUMNS, orient="row")
    folders.write_table(zones, draft / ZONES)
    codes, written = _codes_of(zones), Written()
    regions = _by_region(list_zones(leader), codes)
    with open_readers(leader, shape, codes) as readers:
        write_facts(draft, regions, readers, before, written)
    for region in regions:
        written.files += write_derived(draft, region, all_people(draft), day)
    told = {
        "format": manifest.FORMAT,
        "day": day.isoformat(),
        "dictionary": {
            "number": shape.version.number,
            "content_hash": shape.version.content_hash,
        },
        "schema_hash": schema_hash,
        "schema": {**schema, **_schema_of_derived(draft, regions)},
        "counts": _count_rows(written.files),
        "zones_read": written.zones_read,
        "zones_kept": written.zones_kept,
        "unreadable": dict(sorted(written.unreadable.items())),
        "zones": {"rows": zones.height, "sha256": manifest.hash_file(draft / ZONES)},
        "files": [entry.as_json() for entry in sorted(written.files, key=lambda one: one.path)],
    }
    folders.write_text(json.dumps(told, ensure_ascii=False, indent=1), draft / manifest.NAME)
    return told


def _can_follow(old: Mapping[str, Any], schema_hash: str, version: DictionaryVersion) -> bool:
    """Tell whether rows of an older snapshot are what would be read today."""
    known = old.get("dictionary", {}).get("content_hash")
    return bool(old.get("schema_hash") == schema_hash and known == version.content_hash)


def _codes_of(zones: pl.DataFrame) -> ZoneCodes:
    regions = zones.filter(pl.col("level") == Level.REGION)
    return ZoneCodes(
        codes=zones.select("zone_id", "code"),
        regions=dict(zip(regions["zone_id"], regions["code"], strict=True)),
    )


def _by_region(zones: Mapping[str, int], codes: ZoneCodes) -> dict[str, dict[str, int]]:
    regions: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for path, households in zones.items():
        regions[codes.region_of(path)][path] = households
    return dict(sorted(regions.items()))


def _schema_of_derived(draft: Path, regions: Regions) -> dict[str, list[dict[str, str]]]:
    return {
        table: manifest.schema_of(pl.read_parquet(draft / path_of(region, table), n_rows=0))
        for region in list(regions)[:1]
        for table in (PERSONS_DERIVED, HOUSEHOLDS_DERIVED)
    }


def _count_rows(files: Iterable[manifest.FileEntry]) -> dict[str, int]:
    counts = dict.fromkeys(FACTS, 0)
    for entry in files:
        if entry.table in counts:
            counts[entry.table] += entry.rows
    return counts
