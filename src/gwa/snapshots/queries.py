"""Find the last snapshot and read it: what scores, statistics and matching start from."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gwa.snapshots.errors import NoSnapshot
from gwa.snapshots.models import Snapshot
from gwa.snapshots.writing.facts import HOUSEHOLDS, MEMBERSHIPS, NAMES, PERSONS
from gwa.snapshots.writing.folders import root
from gwa.snapshots.writing.regions import HOUSEHOLDS_DERIVED, PERSONS_DERIVED

# Codes of regions look like numbers, and are none: 05 is not 5.
_REGION = {"region": pl.String()}


@dataclass(frozen=True, slots=True)
class Reading:
    """The files of one snapshot, as lazy tables; `region` is a column of each."""

    snapshot: Snapshot
    folder: Path

    def households(self) -> pl.LazyFrame:
        """One line a household: facts, answers, and what is derived of its members."""
        return self._join(HOUSEHOLDS, HOUSEHOLDS_DERIVED, ["household_id"])

    def persons(self) -> pl.LazyFrame:
        """One line a person: facts, answers, where counted, ages, disability."""
        return self._join(PERSONS, PERSONS_DERIVED, ["person_id"])

    def memberships(self) -> pl.LazyFrame:
        """One line a membership, present or past."""
        return self._scan(MEMBERSHIPS)

    def names(self) -> pl.LazyFrame:
        """The names of persons: for matching alone."""
        return pl.scan_parquet(
            self.folder / "matching" / "region=*" / f"{NAMES}.parquet", hive_schema=_REGION
        )

    def _scan(self, table: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / "region=*" / f"{table}.parquet", hive_schema=_REGION)

    def _join(self, facts: str, derived: str, on: list[str]) -> pl.LazyFrame:
        return self._scan(facts).join(
            self._scan(derived).drop("region"), on=on, how="left", maintain_order="left"
        )


def latest_snapshot() -> Snapshot:
    """Return the last one that is ready. Raises `NoSnapshot`."""
    found = Snapshot.objects.filter(state=Snapshot.State.DONE).order_by("-started_at").first()
    if found is None:
        raise NoSnapshot
    return found


def read_latest() -> Reading:
    """Open the last snapshot that is ready. Raises `NoSnapshot`."""
    snapshot = latest_snapshot()
    return Reading(snapshot, root() / snapshot.folder)
