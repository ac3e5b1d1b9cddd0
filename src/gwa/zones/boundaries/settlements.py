"""Lists of settlements: `name`, `pcode`, the P-code of the commune (`adm3_pcode`), `lon`, `lat`.

A column `type` may say village, quartier or fraction; without it all are villages.
"""

from collections.abc import Sequence

from gwa.common.text import fold
from gwa.zones.boundaries.cod_ab import code_columns
from gwa.zones.boundaries.records import Reading, Record, Stated
from gwa.zones.boundaries.values import is_named, read_point, read_population
from gwa.zones.errors import CodeMissing, WrongLevel
from gwa.zones.rules.levels import FRACTION, QUARTIER, VILLAGE

_TYPES = {"": VILLAGE, "village": VILLAGE, "quartier": QUARTIER, "fraction": FRACTION}
_EXPECTED = "village, quartier, fraction"


def recognises(columns: Sequence[str]) -> bool:
    """Tell whether these are the columns of such a list."""
    return {"name", "pcode"} <= set(columns) and bool(code_columns(columns))


def read(reading: Reading, records: Sequence[Record], columns: Sequence[str]) -> None:
    """Add what the records state to the reading."""
    codes = code_columns(columns)
    for record in records:
        _read_settlement(reading, record, codes[max(codes)])


def _read_settlement(reading: Reading, record: Record, parent_column: str) -> None:
    code, name = record.get("pcode"), record.get("name")
    parent, kind = record.get(parent_column), record.get("type")
    level = _TYPES.get(fold(kind))
    if not code or not parent:
        column = parent_column if code else "pcode"
        reading.faults.append(CodeMissing(place=record.place, column=column))
    elif level is None:
        reading.faults.append(WrongLevel(place=record.place, level=kind, expected=_EXPECTED))
    elif is_named(reading, record, code, name):
        lon, lat = read_point(reading, record, name)
        reading.zones.append(
            Stated(
                place=record.place,
                code=code,
                name=name,
                level=level,
                parent_code=parent,
                lon=lon,
                lat=lat,
                population=read_population(reading, record),
            )
        )
