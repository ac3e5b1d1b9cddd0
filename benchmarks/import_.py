"""A list of households and a list of persons brought in by a worker, then sent again.

The lists are drawn from the synthetic country, persons in any order; two lines of a hundred are
faulty. The worker is a process of its own; its memory and that of its children is the sum of what
each holds resident, sampled while it works.
"""

import csv
import datetime as dt
import io
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection, transaction

from benchmarks import Figure
from benchmarks._country import python_seconds, server_seconds
from benchmarks._demo import find_family
from gwa.collection.actions import Upload, set_mapping, start_import, upload_import
from gwa.collection.actions.sources import DataSourceFacts, add_data_source
from gwa.collection.models import DataSource, Import
from gwa.common.scope import EVERYWHERE, everywhere
from gwa.journal.models import SYSTEM
from gwa.registry.models import Household, Person
from gwa.testing.country.people import draw_part
from gwa.testing.country.places import Places, draw_places
from gwa.testing.country.plan import plan_registry
from gwa.testing.country.tables import Ground, make_tables
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.zones import load_zones

NAME = "import"
SIZE = 100_000
_TARGET_SECONDS, _TARGET_GIB = 90, 1
_FAULTY = 0.02
_DAY = dt.date(2026, 6, 1)
HOUSEHOLD_ANSWERS = (
    "consent_registration", "consent_sharing", "area", "way_of_life", "dwelling_type", "tenure",
    "wall_material", "roof_material", "floor_material", "rooms", "cooking_fuel", "drinking_water",
    "lighting", "toilet", "displacement_status",
)  # fmt: skip
PERSON_ANSWERS = (
    "marital_status", "school_attendance", "education_level", "main_activity", "health_coverage",
    "chronic_illness",
)  # fmt: skip
_HOUSEHOLD = ("zone_code", "address", "lat", "lon", "registered_on")
_PERSON = (
    "given_name", "family_name", "father_name", "mother_name", "sex", "birth_date",
    "birth_known_by", "relationship", "nina", "phone",
)  # fmt: skip
_WORK = """
import sys, uuid, django
django.setup()
from gwa.collection.intake.job import run_import
run_import(uuid.UUID(sys.argv[1]))
"""


def run(size: int) -> list[Figure]:
    """Bring the lists in, then again; give seconds, memory, and what was refused."""
    load_first_dictionary()
    places = draw_places()
    ground = load_zones(places)
    households, persons = draw_lists(places, ground, size)
    faulty = spoil(households, persons)
    source = _add_source()
    python, server = python_seconds(), server_seconds()
    first, seconds, gibibytes = _bring(source, households, persons)
    python, server = python_seconds() - python, server_seconds() - server
    lines = sum(1 for row in persons if row[0] in faulty) + len(faulty)
    counted = (first.count("households_refused"), first.count("lines_refused"))
    assert counted == (len(faulty), lines), (counted, len(faulty), lines)
    rows = _count_rows()
    assert rows[0] == len(households) - len(faulty), rows
    again, seconds_again, _ = _bring(source, households, persons)
    assert _count_rows() == rows
    assert again.count("households_unchanged") == rows[0], again.counts
    data = f"{len(households)} households, {len(persons)} persons, {len(faulty)} refused whole"
    at_full = size >= SIZE
    return [
        Figure("import", seconds, "s", data, target=_TARGET_SECONDS if at_full else None),
        Figure("import_cpu_python", python, "s", data),
        Figure("import_cpu_postgres", server, "s", data),
        Figure("import_memory", gibibytes, "GiB", data, target=_TARGET_GIB),
        Figure("import_again", seconds_again, "s", f"{data}; nothing changes"),
    ]


def draw_lists(
    places: Places, ground: Ground, size: int
) -> tuple[list[list[str]], list[list[str]]]:
    """Active households and their present members, as a partner would write them."""
    plan = plan_registry(places, households=size, seed=2)
    codes = dict(zip(ground.zone_path, _codes(places), strict=True))
    households: list[list[str]] = []
    persons: list[list[str]] = []
    for number in range(plan.chunks):
        tables = make_tables(plan, draw_part(plan, number), ground)
        homes = tables["registry_household"].filter(pl.col("status") == "active")
        households += [_household(row, codes) for row in homes.iter_rows(named=True)]
        persons += [_person(row) for row in _members(tables, homes).iter_rows(named=True)]
    random.Random(3).shuffle(persons)  # noqa: S311 (an order, no secret)
    return households, persons


def _codes(places: Places) -> list[str]:
    return list(places.zones["code"].gather(places.settlements["zone"].to_numpy() - 1))


def _members(tables: Mapping[str, pl.DataFrame], homes: pl.DataFrame) -> pl.DataFrame:
    numbers = tables["registry_identifier"].select(id="person_id", nina="value")
    return (
        tables["registry_membership"]
        .filter(pl.col("ended_on").is_null() & pl.col("is_principal"))
        .select(id="person_id", household_id="household_id", relationship="relationship")
        .join(homes.select(household_id="id"), on="household_id", how="semi")
        .join(tables["registry_person"], on="id")
        .join(numbers, on="id", how="left")
    )


def _household(row: Mapping[str, Any], codes: Mapping[str, str]) -> list[str]:
    answers = json.loads(row["answers"])
    known = {
        "zone_code": codes[row["zone_path"]],
        "address": row["address"],
        "lat": row["lat"],
        "lon": row["lon"],
        "registered_on": f"{row['registered_on']:%d/%m/%Y}",
    }
    told = [known[name] for name in _HOUSEHOLD] + [answers.get(n) for n in HOUSEHOLD_ANSWERS]
    return [row["id"], *map(_cell, told)]


def _person(row: Mapping[str, Any]) -> list[str]:
    answers = json.loads(row["answers"])
    first = row["birth_from"]
    told = {**row, "birth_date": _birth(first, row["birth_precision"])}
    cells = [told[name] for name in _PERSON] + [answers.get(name) for name in PERSON_ANSWERS]
    return [row["household_id"], *map(_cell, cells)]


def _birth(first: dt.date | None, precision: str) -> str:
    if first is None:
        return ""
    return f"{first:%d/%m/%Y}" if precision == "day" else f"{first:%Y}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value)


def spoil(households: Sequence[list[str]], persons: Sequence[list[str]]) -> set[str]:
    """Make two lines of a hundred faulty; give the keys of the households they refuse."""
    chance = random.Random(4)  # noqa: S311 (which lines are faulty is no secret)
    keys = set()
    for row in households:
        if chance.random() < _FAULTY:
            row[1] = "ZZ99"
            keys.add(row[0])
    at = 1 + _PERSON.index("birth_date")
    for row in persons:
        if chance.random() < _FAULTY:
            row[at] = "31/02/1999"
            keys.add(row[0])
    return keys


def _add_source() -> DataSource:
    facts = DataSourceFacts(
        name="Liste de démonstration",
        kind="partner",
        organisation="Un partenaire",
        collected_from=_DAY,
        collected_to=_DAY,
    )
    return add_data_source(facts=facts, actor=SYSTEM)


def _bring(
    source: DataSource, households: Sequence[list[str]], persons: Sequence[list[str]]
) -> tuple[Import, float, float]:
    """Hand the lists in, and let a worker bring them in; give its seconds and its memory."""
    home_titles = ("cle", *_HOUSEHOLD, *HOUSEHOLD_ANSWERS)
    person_titles = ("cle", *_PERSON, *PERSON_ANSWERS)
    with transaction.atomic(), everywhere():
        made = upload_import(
            uploads=[
                Upload("menages.csv", _as_csv(home_titles, households)),
                Upload("personnes.csv", _as_csv(person_titles, persons)),
            ],
            data_source=source,
            collected_on=_DAY,
            scope_paths=[EVERYWHERE],
            actor=SYSTEM,
        )
        mapping = {
            "layout": "two_sheets",
            "households": {
                "sheet": "menages", "key": "cle",
                "columns": {name: name for name in home_titles[1:]},
            },
            "persons": {
                "sheet": "personnes", "household_key": "cle",
                "columns": {name: name for name in person_titles[1:]},
            },
        }  # fmt: skip
        set_mapping(of_import=made, mapping=mapping, known=Import.Known.UPDATE, actor=SYSTEM)
        start_import(of_import=made, actor=SYSTEM)
    seconds, gibibytes = _work(made.pk)
    with transaction.atomic(), everywhere():
        made.refresh_from_db()
    assert made.status == Import.Status.DONE, (made.status, made.failure)
    return made, seconds, gibibytes


def _work(import_id: UUID) -> tuple[float, float]:
    """Run the import in a process of its own; give its seconds and its most memory."""
    connection.close()
    started = time.perf_counter()
    worker = subprocess.Popen([sys.executable, "-c", _WORK, str(import_id)], env=os.environ)
    most = 0.0

    def watch() -> None:
        nonlocal most
        while worker.poll() is None:
            most = max(most, _resident(find_family(worker.pid)))
            time.sleep(0.2)

    watching = threading.Thread(target=watch)
    watching.start()
    code = worker.wait()
    seconds = time.perf_counter() - started
    watching.join()
    assert code == 0, code
    return seconds, most


def _resident(processes: set[int]) -> float:
    """Resident memory of processes in GiB; what they share is counted for each."""
    pages = 0
    for pid in processes:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**30


def _as_csv(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> io.BytesIO:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def _count_rows() -> tuple[int, int]:
    with transaction.atomic(), everywhere():
        return Household.objects.count(), Person.objects.count()
