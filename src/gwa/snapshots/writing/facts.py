"""The columns of files from the rows as they were read: codes of zones, positions, names apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gwa.registry.models import Household
from gwa.registry.rules.positions import ROUNDED_TO
from gwa.snapshots.reading.shapes import NAME_FIELDS
from gwa.snapshots.rules.pieces import region_id_of

HOUSEHOLDS, PERSONS, MEMBERSHIPS, NAMES = "households", "persons", "memberships", "names"
FACTS = (HOUSEHOLDS, PERSONS, MEMBERSHIPS, NAMES)
ORDER = {
    HOUSEHOLDS: ["zone_path", "household_id"],
    PERSONS: ["zone_path", "person_id"],
    MEMBERSHIPS: ["zone_path", "household_id", "person_id", "started_on", "is_principal"],
    NAMES: ["zone_path", "person_id"],
}
"""The order of rows in each file, so that the same rows give the same bytes."""

Tables = dict[str, pl.DataFrame]
_NAMES = tuple(column.name for column in NAME_FIELDS)


@dataclass(frozen=True, slots=True)
class ZoneCodes:
    """The code of each zone, and the code of the region that a zone lies in."""

    codes: pl.DataFrame
    regions: Mapping[int, str]

    @classmethod
    def none(cls) -> "ZoneCodes":
        """No zone at all: enough for the schema of tables without rows."""
        return cls(pl.DataFrame(schema={"zone_id": pl.Int64, "code": pl.String}), {})

    def region_of(self, zone_path: str) -> str:
        """Return the code of the region; `national` for what hangs on the country itself."""
        return self.regions.get(region_id_of(zone_path) or 0, "national")


def finish_households(rows: pl.DataFrame, zones: ZoneCodes) -> pl.DataFrame:
    """Name zones by their codes, and show no more of a position than the page of a household."""
    coded = _with_code(rows, "zone_id", "zone_code", zones)
    return show_positions(_with_code(coded, "place_now_id", "place_now", zones))


def show_positions(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out positions that are hidden and round those of displaced households, saying so."""
    hidden = pl.col("is_position_hidden")
    kind = pl.col("place_now_kind").cast(pl.String)
    rounded = kind.is_in([str(one) for one in Household.DISPLACED]).fill_null(value=False)
    rounded &= ~hidden & pl.col("lon").is_not_null()
    shown = {
        name: pl.when(hidden)
        .then(None)
        .when(rounded)
        .then(pl.col(name).round(ROUNDED_TO))
        .otherwise(pl.col(name))
        for name in ("lon", "lat")
    }
    accuracy = pl.when(hidden | rounded).then(None).otherwise(pl.col("accuracy_m"))
    return rows.with_columns(**shown, accuracy_m=accuracy, is_position_rounded=rounded)


def _with_code(rows: pl.DataFrame, number: str, name: str, zones: ZoneCodes) -> pl.DataFrame:
    """Put the code of a zone in the place of its number."""
    named = zones.codes.rename({"zone_id": number, "code": name})
    joined = rows.join(named, on=number, how="left", maintain_order="left")
    columns = [name if column == number else column for column in rows.columns]
    return joined.select(columns)


def split_names(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part persons from their names: names serve matching only, and lie in files of their own."""
    names = rows.select("person_id", "zone_path", *_NAMES)
    return rows.drop(_NAMES), names
