"""OCHA's common operational datasets: `adm2_pcode`, `ADM2_FR`, `admin2Pcode`, `admin2Name_fr`…

Each record names its own zone and all those above it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from gwa.zones.boundaries.records import Reading, Record, Stated
from gwa.zones.boundaries.values import is_named, read_point, read_population, read_shape
from gwa.zones.errors import CodeMissing

_CODE = re.compile(r"adm(?:in)?(\d)_?p?code")
_NAME = re.compile(r"adm(?:in)?(\d)_?(name_?fr|fr|name|name_?en|en)")
_PREFERENCE = ("name_fr", "namefr", "fr", "name", "name_en", "nameen", "en")

Columns = Mapping[int, str]


def code_columns(columns: Iterable[str]) -> dict[int, str]:
    """The column of the P-code of each administrative level."""
    return {int(m[1]): column for column in columns if (m := _CODE.fullmatch(column))}


def name_columns(columns: Iterable[str]) -> dict[int, str]:
    """The column of the name of each administrative level, French before English."""
    found: dict[int, tuple[int, str]] = {}
    for column in columns:
        if match := _NAME.fullmatch(column):
            candidate = (_PREFERENCE.index(match[2]), column)
            depth = int(match[1])
            found[depth] = min(found.get(depth, candidate), candidate)
    return {depth: column for depth, (_rank, column) in found.items()}


def recognises(columns: Sequence[str]) -> bool:
    """Tell whether these are the columns of such a file."""
    return bool(code_columns(columns).keys() & name_columns(columns).keys())


def read(reading: Reading, records: Sequence[Record], columns: Sequence[str]) -> None:
    """Add what the records state to the reading."""
    codes, names = code_columns(columns), name_columns(columns)
    depths = sorted(codes.keys() & names.keys())
    for record in records:
        _read_zone(reading, record, depths[-1], codes, names)
        for depth in depths[:-1]:
            _read_parent(reading, record, depth, codes, names)
    reading.valid_on = _validity(records[0])


def _read_zone(
    reading: Reading, record: Record, depth: int, codes: Columns, names: Columns
) -> None:
    code, name = record.get(codes[depth]), record.get(names[depth])
    parent = record.get(codes.get(depth - 1))
    missing = codes[depth] if not code else ""
    if depth > 1 and not parent:
        missing = missing or codes.get(depth - 1, f"adm{depth - 1}_pcode")
    if missing:
        reading.faults.append(CodeMissing(place=record.place, column=missing))
        return
    if not is_named(reading, record, code, name):
        return
    lon, lat = read_point(reading, record, name)
    reading.zones.append(
        Stated(
            place=record.place,
            code=code,
            name=name,
            depth=depth,
            parent_code=parent or None,
            shape=read_shape(reading, record, name),
            lon=lon,
            lat=lat,
            population=read_population(reading, record),
        )
    )


def _read_parent(
    reading: Reading, record: Record, depth: int, codes: Columns, names: Columns
) -> None:
    code, name = record.get(codes[depth]), record.get(names[depth])
    if code and name:
        reading.zones.append(
            Stated(
                place=record.place,
                code=code,
                name=name,
                depth=depth,
                parent_code=record.get(codes.get(depth - 1)) or None,
                is_implied=True,
            )
        )


def _validity(record: Record) -> dt.date | None:
    """Since when the file is valid, where it says so (`validOn`)."""
    text = record.get("validon") or record.get("valid_on")
    try:
        return dt.date.fromisoformat(text.replace("/", "-")[:10])
    except ValueError:
        return None
