"""The few facts the demonstration country starts from; README.md says which and whence."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Region:
    """A region of 2023, or the district of Bamako."""

    code: str
    name: str
    is_district: bool
    population: int


@dataclass(frozen=True, slots=True)
class FormerCercle:
    """A cercle as it was before the reform of 2023."""

    code: str
    name: str
    region_code: str
    region_name: str


@dataclass(frozen=True, slots=True)
class DrawnName:
    """A name, the invented weight of its draw, and where it is drawn more often."""

    name: str
    weight: float
    regions: frozenset[str] = frozenset()


@cache
def regions() -> tuple[Region, ...]:
    """The nineteen regions and the district, by code."""
    return tuple(
        Region(row["code"], row["name"], row["type"] == "district", int(row["population"]))
        for row in _rows("regions.csv")
    )


@cache
def cercles() -> Mapping[str, tuple[str, ...]]:
    """The names of the cercles of 2023, in order, by region code."""
    found: dict[str, list[str]] = {}
    for row in _rows("cercles.csv"):
        found.setdefault(row["region"], []).append(row["name"])
    return {region: tuple(names) for region, names in found.items()}


@cache
def former_cercles() -> tuple[FormerCercle, ...]:
    """The forty-nine cercles before 2023, and Bamako which had none and counts as one."""
    return tuple(
        FormerCercle(row["code"], row["name"], row["region_code"], row["region"])
        for row in _rows("cercles_before_2023.csv")
    )


@cache
def forenames(sex: str) -> tuple[DrawnName, ...]:
    """The forenames of one sex, with invented weights."""
    return tuple(
        DrawnName(row["name"], float(row["draw_weight"]))
        for row in _rows("forenames.csv")
        if row["sex"] == sex
    )


@cache
def surnames() -> tuple[DrawnName, ...]:
    """The surnames, with invented weights and the regions that favour them."""
    return tuple(
        DrawnName(row["name"], float(row["draw_weight"]), frozenset(row["more_often_in"].split()))
        for row in _rows("surnames.csv")
    )


def _rows(file: str) -> list[dict[str, str]]:
    with (_FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
