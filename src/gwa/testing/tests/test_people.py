"""The people: as many as asked, the same for the same seed, and shaped as the brief says."""

import re

import numpy as np
import polars as pl
import pytest

from gwa.testing.country import births, lives, rosters
from gwa.testing.country.people import draw_part
from gwa.testing.country.places import draw_places
from gwa.testing.country.plan import CHUNK, plan_registry
from gwa.testing.country.rosters import (
    CHILD,
    HEAD,
    RELATIONSHIPS,
    SPOUSE,
    draw_sizes,
)


def _frame(part) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "household": part.people.household,
            "relationship": part.people.relationship,
            "is_female": part.people.is_female,
            "age": part.people.age,
            "family": part.names.family,
            "given": part.names.given,
            "father": part.names.father,
            "mother": part.people.mother,
        }
    ).with_row_index("row")


def test_a_number_and_a_seed_always_give_the_same_people(plan, part):
    again = draw_part(plan, 0)
    assert again.names.family.equals(part.names.family)
    assert again.household_answers.equals(part.household_answers)
    assert again.person_answers.equals(part.person_answers)
    assert (again.contacts.phone == part.contacts.phone).all()
    assert again.contacts.nina == part.contacts.nina


def test_another_seed_gives_other_people(plan, part):
    other = draw_part(
        plan_registry(draw_places(), households=plan.households, seed=plan.seed + 1), 0
    )
    assert not other.names.given.head(100).equals(part.names.given.head(100))


@pytest.mark.parametrize("households", [1, 11, CHUNK, CHUNK + 1])
def test_the_plan_holds_exactly_the_households_asked_for(households):
    plan = plan_registry(draw_places(), households=households, seed=3)
    assert sum(len(plan.settlements_of(number)) for number in range(plan.chunks)) == households


def test_a_small_registry_covers_some_communes_of_every_kind_of_place(plan):
    chosen = np.unique(plan.of_household)
    assert len(chosen) == pytest.approx(plan.households / 12, abs=1)
    assert len(np.unique(plan.settlements.region[chosen])) >= 15
    assert plan.settlements.is_fraction[chosen].any()
    assert 0.1 < plan.settlements.is_town[plan.of_household].mean() < 0.45


def test_household_sizes_follow_the_negative_binomial_of_mean_six():
    sizes = draw_sizes(np.random.default_rng(1), 200_000)
    assert sizes.mean() == pytest.approx(6.0, abs=0.05)
    assert (sizes.min(), sizes.max() <= 40) == (1, True)
    # Variance of 1 + NB(mean 5, dispersion 3): 5 + 25 / 3.
    assert sizes.var() == pytest.approx(5 + 25 / 3, rel=0.05)


def test_compounds_hold_one_point_eight_households(part):
    assert len(part.people.size) / (part.sites.compound.max() + 1) == pytest.approx(1.8, abs=0.1)
    settlement = part.sites.settlement
    same_compound = part.sites.compound[1:] == part.sites.compound[:-1]
    assert (settlement[1:] == settlement[:-1])[same_compound].all()


def test_the_pyramid_of_ages_is_that_of_a_young_country(part):
    age = part.people.age
    assert (age < 15).mean() == pytest.approx(0.472, abs=0.03)
    assert age.mean() == pytest.approx(21.4, abs=1.5)


def test_every_household_has_one_head_who_is_grown_up(part):
    people = _frame(part)
    heads = people.filter(relationship=HEAD)
    assert heads["household"].to_list() == list(range(len(part.people.size)))
    assert heads["age"].min() >= 18


def test_mothers_are_sixteen_to_forty_four_years_older_than_their_children(part):
    age, mother = part.people.age, part.people.mother
    children = np.flatnonzero((mother >= 0) & ~part.people.is_twin)
    gaps = age[mother[children]] - age[children]
    assert gaps.min() > 15.5
    assert gaps.max() < 44.5
    assert part.people.is_female[mother[children]].all()


def test_a_third_of_older_village_husbands_have_several_wives(part):
    older = ~part.people.has_female_head & (part.people.age[part.people.first] > 40)
    several = part.people.wives[older & ~part.sites.is_town & (part.people.size > 4)] > 1
    assert 0.25 < several.mean() < 0.40
    assert part.people.wives.max() == 4


def test_children_bear_their_fathers_name_and_wives_keep_their_own(part):
    people = _frame(part)
    heads = people.filter(relationship=HEAD, is_female=False).select(
        "household", name="family", called="given"
    )
    children = people.filter(relationship=CHILD).join(heads, on="household")
    plain = children.filter(~pl.col("family").str.contains("^(Ag|Walet|Ould|Mint) "))
    assert (plain["family"] == plain["name"]).all()
    assert (children["father"] == children["called"]).all()
    wives = people.filter(relationship=SPOUSE).join(heads, on="household")
    assert 0.02 < (wives["family"] == wives["name"]).mean() < 0.30


def test_sons_are_ag_or_ould_and_daughters_walet_or_mint(part):
    particles = _frame(part).with_columns(
        particle=pl.col("family").str.extract("^(Ag|Walet|Ould|Mint) ")
    )
    named = particles.drop_nulls("particle")
    assert named.height > 200
    assert named.filter(
        pl.col("particle").is_in(["Walet", "Mint"]) != pl.col("is_female")
    ).is_empty()
    assert (named["family"].str.split(" ").list.last() == named["father"]).mean() == 1.0


def test_the_most_borne_surname_is_borne_by_one_in_fifteen():
    part = draw_part(plan_registry(draw_places(), households=20_000, seed=2), 0)
    top = part.names.family.value_counts(normalize=True)["proportion"].max()
    assert 0.05 < top < 0.08


def test_birth_days_are_known_as_the_preset_says(part):
    earliest, latest = part.births.earliest, part.births.latest
    january = earliest.astype("datetime64[Y]").astype("datetime64[D]") == earliest
    exact = part.births.precision == births.DAY
    assert (exact & (earliest == part.births.true_day)).mean() == pytest.approx(0.45, abs=0.04)
    assert (exact & january).mean() == pytest.approx(0.38, abs=0.04)
    assert (~exact).mean() == pytest.approx(0.17, abs=0.03)
    assert (earliest <= latest).all()
    assert (latest <= lives.LAST_DAY).all()


def test_guessed_ages_heap_on_fives(part):
    guessed = (part.births.earliest != part.births.true_day) & (part.people.age > 30)
    seen = part.calendar.seen_on[part.people.household]
    years = seen.astype("datetime64[Y]").astype(int) - part.births.true_day.astype(
        "datetime64[Y]"
    ).astype(int)
    told = seen.astype("datetime64[Y]").astype(int) - part.births.earliest.astype(
        "datetime64[Y]"
    ).astype(int)
    single = guessed & (part.births.precision != births.RANGE)
    assert (told[single] % 5 == 0).mean() > 1.2 * (years[single] % 5 == 0).mean()


def test_twins_share_mother_and_day_of_birth(part):
    twins = np.flatnonzero(part.people.is_twin)
    assert len(twins) > 50
    assert (part.births.true_day[twins] == part.births.true_day[twins - 1]).all()
    assert (part.people.mother[twins] == part.people.mother[twins - 1]).all()


def test_numbers_of_the_state_are_rare_well_formed_and_never_twice(part):
    adults = part.people.age >= 18
    assert len(part.contacts.nina) / adults.sum() == pytest.approx(0.14, abs=0.01)
    assert adults[part.contacts.nina_rows].all()
    assert len(set(part.contacts.nina)) == len(part.contacts.nina)
    assert all(re.fullmatch(r"[0-9]{14}[A-Z]", number) for number in part.contacts.nina)
    rows = part.contacts.nina_rows
    told = [(int(number[1]) == 2, number[2:4]) for number in part.contacts.nina]
    years = part.births.true_day[rows].astype("datetime64[Y]").astype(str)
    assert told == [
        (bool(female), year[2:])
        for female, year in zip(part.people.is_female[rows], years, strict=True)
    ]


def test_phones_are_malian_and_often_shared(part):
    phones = part.contacts.phone[part.contacts.phone > 0]
    assert all(re.fullmatch(r"223[5-9][0-9]{7}", str(phone)) for phone in phones.tolist())
    households = np.unique(part.people.household[part.contacts.phone > 0])
    assert len(households) / len(part.people.size) > 0.62
    assert 0.03 < 1 - len(np.unique(phones)) / len(phones) < 0.25


def test_some_people_have_two_hearths(part):
    links = part.memberships
    second = ~links.is_principal
    kinds = {RELATIONSHIPS[code] for code in links.relationship[second]}
    assert kinds == {"spouse", "child"}
    assert links.is_principal[: len(part.people.age)].all()
    # Counted once: one principal membership each.
    assert np.bincount(links.person[links.is_principal]).max() == 1


def test_memberships_begin_after_birth_and_end_after_they_begin(part):
    links = part.memberships
    assert (links.started_on >= part.births.true_day[links.person]).all()
    ended = ~np.isnat(links.ended_on)
    assert ended.sum() > 20
    assert (links.ended_on[ended] >= links.started_on[ended]).all()
    dissolved = part.calendar.status[links.household] == lives.DISSOLVED
    assert ended[dissolved].all()


def test_displaced_and_nomadic_households_are_somewhere_else(part):
    sites = part.sites
    assert 0.01 < sites.is_displaced.mean() < 0.10
    assert sites.is_nomad.sum() > 20
    assert (sites.place_settlement[sites.is_displaced] >= 0).all()
    assert (sites.place_kind[~sites.is_displaced & ~sites.is_nomad] == 0).all()


def test_positions_lie_near_the_settlement(plan, part):
    towns = plan.settlements
    away = np.hypot(
        part.sites.lon - towns.lon[part.sites.settlement],
        part.sites.lat - towns.lat[part.sites.settlement],
    )
    assert away.mean() < 0.02
    assert away.max() < 0.06


def test_absent_members_are_of_working_age(part):
    age = part.people.age[part.absent]
    assert 0.004 < part.absent.mean() < 0.05
    assert age.min() >= 15
    assert age.max() < 45


def test_sizes_are_cut_at_forty():
    assert draw_sizes(np.random.default_rng(5), 2_000_000).max() == rosters.LARGEST
