"""One part of the country's people: twenty thousand households, drawn from the plan."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from gwa.testing.country import lives, rosters, welfare
from gwa.testing.country.answers import answer_households, answer_persons
from gwa.testing.country.answers.home import Home
from gwa.testing.country.answers.member import Members, draw_absences
from gwa.testing.country.births import Births, draw_births, whole_years
from gwa.testing.country.contacts import Contacts, draw_contacts
from gwa.testing.country.dice import Flags, Integers, flip
from gwa.testing.country.lives import Calendar, Memberships
from gwa.testing.country.plan import Plan
from gwa.testing.country.rosters import FOSTERED, Rosters
from gwa.testing.country.sites import Sites, draw_sites
from gwa.testing.country.surnames import Names, draw_names
from gwa.testing.country.welfare import Welfare


@dataclass(frozen=True, slots=True)
class Part:
    """Everything drawn for one part, before it takes the shape of tables."""

    number: int
    sites: Sites
    people: Rosters
    calendar: Calendar
    births: Births
    names: Names
    contacts: Contacts
    welfare: Welfare
    memberships: Memberships
    absent: Flags
    respondent: Integers
    recipient: Integers
    household_answers: pl.Series
    person_answers: pl.Series


def draw_part(plan: Plan, number: int) -> Part:
    """Draw one part. The same plan and number give the same people."""
    rng = plan.dice(number)
    settlement = plan.settlements_of(number)
    sites = draw_sites(rng, plan, settlement)
    people = rosters.draw_rosters(rng, is_town=sites.is_town)
    calendar = lives.draw_calendar(rng, len(settlement))
    births = draw_births(
        rng,
        age=people.age,
        is_twin=people.is_twin,
        seen_on=calendar.seen_on[people.household],
    )
    wealth = welfare.draw_welfare(
        rng,
        people,
        region=sites.region,
        is_town=sites.is_town,
        village_means=welfare.village_means(settlement, plan.seed),
    )
    absent = draw_absences(rng, people, calendar.seen_on, wealth.means)
    names = draw_names(rng, people, region=sites.region, settlement=settlement, seed=plan.seed)
    contacts = draw_contacts(
        rng, people, compound=sites.compound, born_on=births.true_day, chunk=number
    )
    memberships = lives.draw_memberships(
        rng,
        people,
        calendar,
        born_on=births.true_day,
        absent=absent,
        compound=sites.compound,
        settlement=settlement,
    )
    home = _describe_homes(rng, sites, people, calendar, contacts, wealth, absent)
    who = _describe_members(home, people, births, contacts, wealth, absent)
    return Part(
        number, sites, people, calendar, births, names, contacts, wealth, memberships, absent,
        home.respondent, home.recipient, answer_households(home, rng), answer_persons(who, rng),
    )  # fmt: skip


def _describe_homes(
    rng: np.random.Generator,
    sites: Sites,
    people: Rosters,
    calendar: Calendar,
    contacts: Contacts,
    wealth: Welfare,
    absent: Flags,
) -> Home:
    count = len(people.size)

    def counted(flags: Flags) -> Integers:
        return np.bincount(people.household[flags], minlength=count)

    farms = flip(rng, np.where(sites.is_nomad, 0.08, np.where(sites.is_town, 0.14, 0.86)), count)
    married = people.wives > 0
    head_away = absent[people.first]
    return Home(
        size=people.size,
        under_five=counted(people.age < 5) > 0,
        has_female_head=people.has_female_head,
        wives=people.wives,
        absent=counted(absent),
        phones=counted(contacts.phone > 0),
        region=sites.region,
        is_town=sites.is_town,
        is_nomad=sites.is_nomad,
        is_transhumant=sites.is_transhumant,
        is_displaced=sites.is_displaced,
        is_full=calendar.is_full,
        compound_households=sites.households_in_compound,
        means=wealth.means,
        farms=farms,
        seen_on=calendar.seen_on,
        respondent=(married & (head_away | flip(rng, 0.3, count))).astype(np.int64),
        recipient=(married & flip(rng, 0.55, count)).astype(np.int64),
    )


def _describe_members(
    home: Home,
    people: Rosters,
    births: Births,
    contacts: Contacts,
    wealth: Welfare,
    absent: Flags,
) -> Members:
    seen_on = home.seen_on[people.household]
    has_nina = np.zeros(len(people.age), dtype=bool)
    has_nina[contacts.nina_rows] = True
    return Members(
        people=people,
        home=home,
        has_nina=has_nina,
        has_phone=contacts.phone > 0,
        is_absent=absent,
        is_fostered=people.relationship == FOSTERED,
        schooling_of_head=wealth.schooling[people.household],
        told_age=whole_years(births.latest, seen_on),
        seen_on=seen_on,
    )
