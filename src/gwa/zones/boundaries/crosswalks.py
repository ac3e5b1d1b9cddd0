"""Crosswalk tables: `old_code`, `new_code` and, where a zone was split, `share`."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gwa.zones.boundaries.files import read_records
from gwa.zones.boundaries.records import Place
from gwa.zones.errors import BoundaryFilesRefused, CrosswalkShareWrong, UnknownCrosswalkFormat


@dataclass(frozen=True, slots=True)
class CrosswalkLine:
    """One line: this share of the people of the old zone live in the new one."""

    place: Place
    old_code: str
    new_code: str
    share: Decimal


def read_crosswalk(path: Path) -> list[CrosswalkLine]:
    """Read a table. Raises `BoundaryFilesRefused` with every line at fault."""
    reading, records = read_records(path)
    lines = []
    if not reading.faults and not all({"old_code", "new_code"} <= set(r.values) for r in records):
        reading.faults.append(UnknownCrosswalkFormat(file=path.name))
    if reading.faults:
        raise BoundaryFilesRefused(reading.faults)
    for record in records:
        old, new = record.get("old_code"), record.get("new_code")
        share = _read_share(record.get("share"))
        if share is None:
            reading.faults.append(CrosswalkShareWrong(place=record.place, zone_code=old))
        else:
            lines.append(CrosswalkLine(record.place, old, new, share))
    if reading.faults:
        raise BoundaryFilesRefused(reading.faults)
    return lines


def _read_share(text: str) -> Decimal | None:
    try:
        share = Decimal(text.replace(",", ".") or 1).quantize(Decimal("0.0001"))
    except InvalidOperation:
        return None
    return share if 0 < share <= 1 else None
