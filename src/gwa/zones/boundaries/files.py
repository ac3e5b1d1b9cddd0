"""From the bytes of a file to what it says of zones."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gwa.zones.boundaries import cod_ab, geoboundaries, settlements
from gwa.zones.boundaries.records import Place, Reading, Record
from gwa.zones.errors import (
    BoundaryFilesRefused,
    FileUnreadable,
    NotGeoJson,
    NotJson,
    NotUtf8,
    UnknownFormat,
)


def read_files(paths: Sequence[Path]) -> list[Reading]:
    """Read every file, then tell all that is wrong with all of them at once."""
    readings = [read_file(path) for path in paths]
    if faults := [fault for reading in readings for fault in reading.faults]:
        raise BoundaryFilesRefused(faults)
    return readings


def read_file(path: Path) -> Reading:
    """Read one file. What is wrong with it is in the faults of the reading."""
    reading, records = read_records(path)
    if not reading.faults:
        _recognise(reading, records)
    return reading


def read_records(path: Path) -> tuple[Reading, list[Record]]:
    """Read the features or the lines of a file, and open a reading for what they say."""
    reading = Reading(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        reading.faults.append(NotUtf8(file=path.name))
        return reading, []
    except OSError as error:
        reading.faults.append(FileUnreadable(file=path.name, detail=error.strerror))
        return reading, []
    is_json = path.suffix.lower() in (".geojson", ".json")
    return reading, _read_features(reading, text) if is_json else _read_lines(path.name, text)


def _recognise(reading: Reading, records: list[Record]) -> None:
    columns = list(dict.fromkeys(column for record in records for column in record.values))
    if settlements.recognises(columns):
        settlements.read(reading, records, columns)
    elif geoboundaries.recognises(columns):
        geoboundaries.read(reading, records)
    elif cod_ab.recognises(columns):
        cod_ab.read(reading, records, columns)
    else:
        reading.faults.append(UnknownFormat(file=reading.file))


def _read_features(reading: Reading, text: str) -> list[Record]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        reading.faults.append(NotJson(file=reading.file, line=error.lineno))
        return []
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features or not all(map(_is_feature, features)):
        reading.faults.append(NotGeoJson(file=reading.file))
        return []
    return [
        Record(
            Place(reading.file, number, is_line=False),
            _clean_values(feature.get("properties") or {}),
            feature.get("geometry"),
        )
        for number, feature in enumerate(features, start=1)
    ]


def _is_feature(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("properties"), dict | None)


def _read_lines(file: str, text: str) -> list[Record]:
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    return [
        Record(Place(file, rows.line_num, is_line=True), _clean_values(row), None) for row in rows
    ]


def _clean_values(row: dict[Any, Any]) -> dict[str, str]:
    """Names in small letters, cells as text; cells beyond the last column are dropped."""
    return {
        str(column).strip().lower(): "" if value is None else str(value).strip()
        for column, value in row.items()
        if column is not None
    }
