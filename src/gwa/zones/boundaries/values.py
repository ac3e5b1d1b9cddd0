"""Cells of a record as values; what cannot be read becomes a fault of the reading."""

import math

import shapely

from gwa.zones.boundaries.records import Reading, Record
from gwa.zones.errors import BadNumber, BadShape, NameMissingInFile, OffTheEarth, TextTooLong
from gwa.zones.rules.geometry import NotAShape, clean, is_on_earth

LONGITUDES = ("lon", "longitude", "centroid_lon", "x")
LATITUDES = ("lat", "latitude", "centroid_lat", "y")
POPULATIONS = ("population", "pop")
LONGEST_CODE = 40
LONGEST_NAME = 120
_SPACES = str.maketrans("", "", " \u00a0\u202f")


def read_number(reading: Reading, record: Record, columns: tuple[str, ...]) -> float | None:
    """A number from the first of these columns that says something."""
    column = next((name for name in columns if record.get(name)), None)
    if column is None:
        return None
    value = record.get(column)
    try:
        number = float(value.translate(_SPACES).replace(",", "."))
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    reading.faults.append(BadNumber(place=record.place, value=value, column=column))
    return None


def read_population(reading: Reading, record: Record) -> int | None:
    """A number of people."""
    number = read_number(reading, record, POPULATIONS)
    return None if number is None or number < 0 else round(number)


def read_point(reading: Reading, record: Record, name: str) -> tuple[float | None, float | None]:
    """Longitude and latitude, or two None."""
    lon = read_number(reading, record, LONGITUDES)
    lat = read_number(reading, record, LATITUDES)
    if lon is None or lat is None:
        return None, None
    if not is_on_earth(lon, lat):
        reading.faults.append(OffTheEarth(place=record.place, name=name, lon=lon, lat=lat))
        return None, None
    return round(lon, 5), round(lat, 5)


def read_shape(reading: Reading, record: Record, name: str) -> shapely.Geometry | None:
    """The boundary, mended where it crosses itself; what was mended is told."""
    if record.geometry is None:
        return None
    try:
        cleaned = clean(record.geometry)
    except NotAShape:
        reading.faults.append(BadShape(place=record.place, name=name))
        return None
    west, south, east, north = cleaned.polygon.bounds
    if not (is_on_earth(west, south) and is_on_earth(east, north)):
        reading.faults.append(
            OffTheEarth(place=record.place, name=name, lon=round(west), lat=round(south))
        )
        return None
    if cleaned.was_repaired:
        reading.repaired.append(f"{record.place} : {name}")
    return cleaned.polygon


def is_named(reading: Reading, record: Record, code: str, name: str) -> bool:
    """Tell whether a zone has a name, and a name and a code that fit."""
    if not name:
        reading.faults.append(NameMissingInFile(place=record.place, zone_code=code))
        return False
    if len(code) > LONGEST_CODE or len(name) > LONGEST_NAME:
        reading.faults.append(TextTooLong(place=record.place, zone_code=code))
        return False
    return True
