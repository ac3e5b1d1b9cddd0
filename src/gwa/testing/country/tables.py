"""A part of the country in the shape of the registry's tables, one frame each.

Columns bear the names of the database. What is the same for all rows (source, version of the
dictionary) is added by the loader.
"""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
import polars as pl

from gwa.common.crypto import blind_index, seal
from gwa.testing.country.births import PRECISIONS, SOURCES, Days
from gwa.testing.country.dice import Flags, Floats, Integers, flip
from gwa.testing.country.ids import Ids, as_text, draw_ids, registry_numbers
from gwa.testing.country.lives import ACTIVE, END_REASONS, STATUSES
from gwa.testing.country.people import Part
from gwa.testing.country.plan import CHUNK, Plan
from gwa.testing.country.rosters import HEAD, RELATIONSHIPS
from gwa.testing.country.sites import LANDMARKS, PLACE_KINDS

Frames = dict[str, pl.DataFrame]

# The sections of the questionnaire, as in questionnaires/rsu-menage.
CORE_SECTIONS = (
    "identification", "location", "roster", "washington_group", "housing", "water_light",
    "assets", "displacement", "land_livestock",
)  # fmt: skip
SLOW_SECTIONS = frozenset({"housing", "water_light", "land_livestock", "washington_group"})
OTHER_SECTIONS = ("food", "shocks", "services", "assistance")


@dataclass(frozen=True, slots=True)
class Ground:
    """The zones as they are in the database: id and path of each settlement of the plan."""

    zone_id: Integers
    zone_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Keys:
    compound: Ids
    household: Ids
    person: Ids
    membership: Ids
    identifier: Ids
    origin: Ids
    path: pl.Series  # of the household


def make_tables(plan: Plan, part: Part, ground: Ground) -> Frames:
    """Give every row its id and its zone, and write the part as tables. Phones stay in clear."""
    rng = np.random.default_rng([plan.seed, plan.households, part.number, 1])
    keys = _make_keys(rng, part, ground)
    return {
        "registry_compound": _compounds(part, ground, keys),
        "registry_household": _households(plan, part, ground, keys),
        "registry_householdorigin": _origins(part, ground, keys),
        "registry_person": _persons(part, keys),
        "registry_membership": _memberships(part, keys),
        "registry_identifier": _identifiers(rng, part, keys),
    }


def make_truth(part: Part, tables: Frames, plan: Plan) -> Frames:
    """What no visitor sees, by id. `duplicate_of` is the seam for a later generator of doubles."""
    settlement = part.sites.settlement
    households = (
        tables["registry_household"]
        .select("id", "registry_number")
        .with_columns(
            duplicate_of=pl.lit(None, dtype=pl.String),
            consumption_xof=pl.Series(part.welfare.consumption_xof),
            means=pl.Series(part.welfare.means.astype(np.float32)),
            settlement=pl.Series(plan.settlements.zone[settlement]),
            size=pl.Series(part.people.size),
            is_displaced=pl.Series(part.sites.is_displaced),
        )
    )
    persons = (
        tables["registry_person"]
        .select("id")
        .with_columns(
            duplicate_of=pl.lit(None, dtype=pl.String),
            born_on=pl.Series(part.births.true_day),
            is_twin=pl.Series(part.people.is_twin),
        )
    )
    return {"households": households, "persons": persons}


def seal_values(tables: Frames) -> Frames:
    """Replace phones and identifiers in clear by what the database keeps of them."""
    return {
        **tables,
        "registry_person": _seal(tables["registry_person"], "registry_person", "phone", "phone"),
        "registry_identifier": _seal(
            tables["registry_identifier"], "registry_identifier", "value", "nina"
        ),
    }


def _seal(frame: pl.DataFrame, table: str, column: str, kind: str) -> pl.DataFrame:
    """Put the sealed value and its blind index, as PostgreSQL reads bytes, in its place."""
    known = frame.select(pl.col(column).is_not_null().arg_true()).to_series()
    told = frame.select("id", column)[known]
    sealed, index = [], []
    for row, value in told.iter_rows():
        cell = seal(value, table=table, column=column, row=UUID(int=int(row, 16)))
        sealed.append("\\\\x" + cell.hex())
        index.append("\\\\x" + blind_index(value, kind=kind).hex())
    hidden = pl.DataFrame(
        {"id": told["id"], f"{column}_sealed": sealed, f"{column}_index": index},
        schema_overrides={f"{column}_sealed": pl.String, f"{column}_index": pl.String},
    )
    return frame.drop(column).join(hidden, on="id", how="left", maintain_order="left")


def _make_keys(rng: np.random.Generator, part: Part, ground: Ground) -> _Keys:
    households = len(part.people.size)
    chunk = part.number

    def ids(count: int) -> Ids:
        return draw_ids(rng, count, chunk=chunk)

    return _Keys(
        compound=ids(len(part.sites.compound_settlement)),
        household=ids(households),
        person=ids(len(part.people.age)),
        membership=ids(len(part.memberships.person)),
        identifier=ids(len(part.contacts.nina_rows)),
        origin=ids(int(part.sites.is_displaced.sum())),
        path=pl.Series(ground.zone_path).gather(part.sites.settlement),
    )


def _compounds(part: Part, ground: Ground, keys: _Keys) -> pl.DataFrame:
    sites = part.sites
    return pl.DataFrame(
        {
            "id": as_text(keys.compound),
            "zone_path": pl.Series(ground.zone_path).gather(sites.compound_settlement),
            "zone_id": ground.zone_id[sites.compound_settlement],
            "lon": np.round(sites.compound_lon, 6),
            "lat": np.round(sites.compound_lat, 6),
            "started_on": np.minimum(sites.compound_started_on, np.datetime64("2019-11-28")),
        }
    )


def _households(plan: Plan, part: Part, ground: Ground, keys: _Keys) -> pl.DataFrame:
    sites, calendar, people = part.sites, part.calendar, part.people
    count = len(people.size)
    elsewhere = sites.place_kind > 0
    person = as_text(keys.person)
    frame = pl.DataFrame(
        {
            "id": as_text(keys.household),
            "zone_path": keys.path,
            "registry_number": registry_numbers(plan.seed, part.number * CHUNK, count),
            "compound_id": as_text(keys.compound).gather(sites.compound),
            "zone_id": ground.zone_id[sites.settlement],
            "attached_on": calendar.registered_on,
            "place_now_id": _where(elsewhere, ground.zone_id[sites.place_settlement]),
            "place_now_kind": _words(PLACE_KINDS, sites.place_kind),
            "place_now_since": _days(elsewhere, calendar.registered_on),
            "address": _words(LANDMARKS, sites.landmark),
            "lon": _where(sites.has_position, np.round(sites.lon, 6)),
            "lat": _where(sites.has_position, np.round(sites.lat, 6)),
            "accuracy_m": _where(sites.has_position, sites.accuracy_m),
            "is_position_hidden": sites.is_displaced,
            "status": _words(STATUSES, calendar.status),
            "respondent_id": person.gather(people.first + part.respondent),
            "recipient_id": person.gather(people.first + part.recipient),
            "answers": part.household_answers,
            "freshness": _freshness(part),
            "registered_on": calendar.registered_on,
            "last_interview_on": calendar.seen_on,
            "ended_on": _days(calendar.status != ACTIVE, calendar.seen_on),
        }
    )
    return frame


def _freshness(part: Part) -> pl.Series:
    """The day of each section; an update in a hurry leaves housing and land as they were."""
    calendar = part.calendar
    seen = pl.Series(calendar.seen_on).dt.to_string()
    before = pl.Series(calendar.registered_on).dt.to_string()
    hurried = pl.Series((part.people.size % 2 == 0) & (calendar.registered_on < calendar.seen_on))
    old = pl.select(pl.when(hurried).then(before).otherwise(seen)).to_series()
    parts: list[str | pl.Series] = []
    for section in CORE_SECTIONS:
        day = old if section in SLOW_SECTIONS else seen
        parts += [f'{"," if parts else "{"}"{section}":"', day, '"']
    more: list[str | pl.Series] = []
    for section in OTHER_SECTIONS:
        more += [f',"{section}":"', seen, '"']
    core, other = _concat(parts), _concat(more)
    full = pl.Series(calendar.is_full)
    tail = pl.select(pl.when(full).then(other).otherwise(pl.lit(""))).to_series()
    return core + tail + "}"


def _concat(parts: list[str | pl.Series]) -> pl.Series:
    return pl.select(
        pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in parts])
    ).to_series()


def _origins(part: Part, ground: Ground, keys: _Keys) -> pl.DataFrame:
    rows = np.flatnonzero(part.sites.is_displaced)
    return pl.DataFrame(
        {
            "id": as_text(keys.origin),
            "zone_path": keys.path.gather(rows),
            "household_id": as_text(keys.household).gather(rows),
            "zone_id": ground.zone_id[part.sites.origin_settlement[rows]],
            "arrived_on": part.calendar.arrived_on[rows],
        }
    )


def _persons(part: Part, keys: _Keys) -> pl.DataFrame:
    births, names, phone = part.births, part.names, part.contacts.phone
    died_on = part.memberships.died_on
    return pl.DataFrame(
        {
            "id": as_text(keys.person),
            "zone_path": keys.path.gather(part.people.household),
            "family_name": names.family,
            "given_name": names.given,
            "everyday_name": names.everyday,
            "father_name": names.father,
            "mother_name": names.mother,
            "sex": _words(("M", "F"), part.people.is_female.astype(np.int64)),
            "birth_from": births.earliest,
            "birth_to": births.latest,
            "birth_precision": _words(PRECISIONS, births.precision),
            "birth_known_by": _words(SOURCES, births.source),
            "phone": _where(phone > 0, phone).cast(pl.String),
            "status": _words(("alive", "deceased"), (~np.isnat(died_on)).astype(np.int64)),
            "deceased_on": died_on,
            "answers": part.person_answers,
        }
    )


def _memberships(part: Part, keys: _Keys) -> pl.DataFrame:
    links = part.memberships
    return pl.DataFrame(
        {
            "id": as_text(keys.membership),
            "zone_path": keys.path.gather(links.household),
            "person_id": as_text(keys.person).gather(links.person),
            "household_id": as_text(keys.household).gather(links.household),
            "relationship": _words(RELATIONSHIPS, links.relationship),
            "is_head": links.relationship == HEAD,
            "is_principal": links.is_principal,
            "is_absent": links.is_absent,
            "started_on": links.started_on,
            "ended_on": links.ended_on,
            "end_reason": _words(END_REASONS, links.end_reason),
        }
    )


def _identifiers(rng: np.random.Generator, part: Part, keys: _Keys) -> pl.DataFrame:
    rows = part.contacts.nina_rows
    count = len(rows)
    household = part.people.household[rows]
    return pl.DataFrame(
        {
            "id": as_text(keys.identifier),
            "zone_path": keys.path.gather(household),
            "person_id": as_text(keys.person).gather(rows),
            "kind": pl.repeat("nina", count, eager=True),
            "value": part.contacts.nina,
            "verified_on": _days(flip(rng, 0.3, count), part.calendar.seen_on[household]),
        }
    )


def _words(words: tuple[str, ...], numbers: Integers) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(numbers)


def _where(flags: Flags, values: Integers | Floats) -> pl.Series:
    return pl.select(pl.when(pl.Series(flags)).then(pl.Series(values))).to_series()


def _days(flags: Flags, days: Days) -> Days:
    return np.where(flags, days, np.datetime64("NaT"))
