"""geoBoundaries: `shapeName`, `shapeID`, `shapeISO`, `shapeGroup`, `shapeType`.

A feature names no parent: it is found on the map, by a point inside the feature.
"""

import re
from collections.abc import Sequence

from gwa.zones.boundaries.records import Reading, Record, Stated
from gwa.zones.boundaries.values import is_named, read_shape
from gwa.zones.errors import BadShape, CodeMissing, WrongLevel

_TYPE = re.compile(r"ADM([0-4])", re.IGNORECASE)


def recognises(columns: Sequence[str]) -> bool:
    """Tell whether these are the columns of such a file."""
    return {"shapename", "shapeid", "shapetype"} <= set(columns)


def read(reading: Reading, records: Sequence[Record]) -> None:
    """Add what the records state to the reading."""
    isos = [record.get("shapeiso") for record in records]
    # ISO codes stay from one release to the next, identifiers do not.
    has_isos = all(isos) and len(set(isos)) == len(isos)
    for record in records:
        _read_zone(reading, record, "shapeiso" if has_isos else "shapeid")


def _read_zone(reading: Reading, record: Record, code_column: str) -> None:
    code, name = record.get(code_column), record.get("shapename")
    kind = record.get("shapetype")
    match = _TYPE.fullmatch(kind)
    if match is None:
        reading.faults.append(WrongLevel(place=record.place, level=kind, expected="ADM0 – ADM4"))
    elif not code:
        reading.faults.append(CodeMissing(place=record.place, column="shapeID"))
    elif record.geometry is None:
        reading.faults.append(BadShape(place=record.place, name=name))
    elif is_named(reading, record, code, name):
        shape = read_shape(reading, record, name)
        if shape is not None:
            reading.zones.append(
                Stated(place=record.place, code=code, name=name, depth=int(match[1]), shape=shape)
            )
