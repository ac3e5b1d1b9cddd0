"""Dates and states: when a household was registered and seen, who died, who left, who is away."""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.births import Days
from gwa.testing.country.dice import Flags, Integers, flip, pick, whole
from gwa.testing.country.rosters import CHILD, FOSTERED, HEAD, SPOUSE, Rosters

LAST_DAY = np.datetime64("2026-10-31")
STATUSES = ("active", "moved", "dissolved")
ACTIVE, MOVED, DISSOLVED = range(3)
END_REASONS = ("", "deceased", "dissolved")


@dataclass(frozen=True, slots=True)
class Calendar:
    """One entry a household."""

    registered_on: Days
    seen_on: Days
    is_full: Flags
    status: Integers
    arrived_on: Days  # of the displaced


@dataclass(frozen=True, slots=True)
class Memberships:
    """Principal memberships in order of person, then the second hearths."""

    person: Integers
    household: Integers
    relationship: Integers
    is_principal: Flags
    is_absent: Flags
    started_on: Days
    ended_on: Days  # not a time where it lasts
    end_reason: Integers
    died_on: Days  # one entry a person


def draw_calendar(rng: np.random.Generator, count: int) -> Calendar:
    """Most households were seen in the last two years, a third had been registered before."""
    ago = np.minimum(rng.exponential(300, count), 1400).astype(np.int64)
    seen_on = LAST_DAY - ago.astype("timedelta64[D]")
    earlier = flip(rng, 0.35, count)
    gap = np.where(earlier, rng.integers(200, 1500, count), 0)
    registered_on = np.maximum(seen_on - gap.astype("timedelta64[D]"), np.datetime64("2019-11-28"))
    registered_on = np.minimum(registered_on, seen_on)
    return Calendar(
        registered_on=registered_on,
        seen_on=seen_on,
        is_full=flip(rng, 0.72, count),
        status=pick(rng, (0.984, 0.010, 0.006), count),
        arrived_on=registered_on - rng.integers(30, 1500, count).astype("timedelta64[D]"),
    )


def draw_memberships(
    rng: np.random.Generator,
    people: Rosters,
    calendar: Calendar,
    *,
    born_on: Days,
    absent: Flags,
    compound: Integers,
    settlement: Integers,
) -> Memberships:
    """Everyone belongs to one household; some belong to a second as well."""
    house = people.household
    count = len(house)
    started_on = np.maximum(calendar.registered_on[house], born_on)
    died_on = _draw_deaths(rng, people, calendar, started_on)
    dissolved = calendar.status[house] == DISSOLVED
    ended_on = np.where(dissolved, calendar.seen_on[house], np.datetime64("NaT"))
    ended_on = np.where(np.isnat(died_on), ended_on, died_on)
    reason = np.where(np.isnat(died_on), dissolved * 2, 1)
    rows, hosts, links = _second_hearths(rng, people, calendar, compound, settlement)
    alive = np.isnat(ended_on[rows])
    rows, hosts, links = rows[alive], hosts[alive], links[alive]
    more = len(rows)
    return Memberships(
        person=np.concatenate((np.arange(count), rows)),
        household=np.concatenate((house, hosts)),
        relationship=np.concatenate((people.relationship, links)),
        is_principal=np.concatenate((np.ones(count, bool), np.zeros(more, bool))),
        is_absent=np.concatenate((absent, links == CHILD)),
        started_on=np.concatenate(
            (started_on, np.maximum(started_on[rows], calendar.registered_on[hosts]))
        ),
        ended_on=np.concatenate((ended_on, np.full(more, np.datetime64("NaT")))),
        end_reason=np.concatenate((reason, np.zeros(more, np.int64))),
        died_on=died_on,
    )


def _draw_deaths(
    rng: np.random.Generator, people: Rosters, calendar: Calendar, started_on: Days
) -> Days:
    """Some members died between registration and the last visit; heads are replaced elsewhere."""
    house = people.household
    days = (calendar.seen_on[house] - started_on).astype(np.int64)
    chance = np.clip(days / 365 * np.where(people.age > 60, 0.04, 0.005), 0, 0.2)
    dies = (people.relationship != HEAD) & (days > 30) & flip(rng, chance, len(house))
    dies &= (people.relationship != SPOUSE) & (calendar.status[house] == ACTIVE)
    day = started_on + whole(rng.random(len(house)) * days).astype("timedelta64[D]")
    return np.where(dies, day, np.datetime64("NaT"))


def _second_hearths(
    rng: np.random.Generator,
    people: Rosters,
    calendar: Calendar,
    compound: Integers,
    settlement: Integers,
) -> tuple[Integers, Integers, Integers]:
    """A husband beside a wife who keeps her own pot; a fostered child whose parents live near."""
    active = calendar.status == ACTIVE
    count = len(compound)
    beside = np.arange(1, count)
    husband = ~people.has_female_head[:-1] & (people.wives[:-1] > 0) & active[:-1]
    keeps_pot = people.has_female_head[1:] & (people.wives[1:] == 0) & active[1:]
    pairs = beside[
        (compound[1:] == compound[:-1]) & husband & keeps_pot & flip(rng, 0.35, count - 1)
    ]
    lent = np.flatnonzero(
        (people.relationship == FOSTERED)
        & active[people.household]
        & flip(rng, 0.4, len(people.age))
    )
    parents = people.household[lent] + rng.choice(np.array([-3, -2, -1, 1, 2, 3]), len(lent))
    parents = np.clip(parents, 0, count - 1)
    near = (
        (settlement[parents] == settlement[people.household[lent]])
        & active[parents]
        & (parents != people.household[lent])
    )
    rows = np.concatenate((people.first[pairs - 1], lent[near]))
    hosts = np.concatenate((pairs, parents[near]))
    links = np.concatenate((np.full(len(pairs), SPOUSE), np.full(int(near.sum()), CHILD)))
    return rows, hosts, links
