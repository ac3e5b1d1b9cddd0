"""What is worked out of the facts on the day of the snapshot: ages, sizes, dependants, disability.

Made anew for each snapshot from the files of facts, because ages change though nothing is written.
Where a birth is known by a range, so is an age; counts by age are therefore given twice: `_min`
counts those of whom it is sure, `_max` those of whom it may be true. Nothing is rounded or guessed.
"""

import datetime as dt

import polars as pl

from gwa.registry.models import Household, Person

WASHINGTON_GROUP = (
    "wg_seeing",
    "wg_hearing",
    "wg_walking",
    "wg_remembering",
    "wg_self_care",
    "wg_communicating",
)
# Washington Group Short Set: disabled is who has at least one of these in at least one domain.
_SEVERE = ("a_lot", "cannot")
_WORKING = (15, 64)
_UNDER = (5, 15, 18)
_OVER = 60

PERSON_SLIM = ("person_id", "sex", "birth_from", "birth_to", "person_status", "deceased_on")


def ages(day: dt.date) -> list[pl.Expr]:
    """Return the youngest and the oldest age in whole years on that day, or on that of death."""
    on = pl.coalesce(pl.col("deceased_on"), pl.lit(day))
    return [
        _years(pl.col("birth_to"), on).alias("age_min"),
        _years(pl.col("birth_from"), on).alias("age_max"),
    ]


def _years(birth: pl.Expr, on: pl.Expr) -> pl.Expr:
    had_birthday = _day_of_year(on) >= _day_of_year(birth)
    years = on.dt.year() - birth.dt.year() - (~had_birthday).cast(pl.Int32)
    return years.clip(lower_bound=0).cast(pl.Int16)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    """Month and day as one number, to compare birthdays; months alone are too small for that."""
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def disability(columns: list[str]) -> list[pl.Expr]:
    """Return whether a person is disabled, unknown where too little was asked, and in how many."""
    asked = [name for name in WASHINGTON_GROUP if name in columns]
    if len(asked) < len(WASHINGTON_GROUP):
        nothing = pl.lit(None)
        return [
            nothing.cast(pl.Boolean).alias("is_disabled"),
            nothing.cast(pl.Int8).alias("severe_difficulties"),
        ]
    codes = [pl.col(name).cast(pl.String) for name in asked]
    severe = pl.sum_horizontal(
        [column.is_in(_SEVERE).fill_null(value=False).cast(pl.Int8) for column in codes]
    )
    is_complete = pl.all_horizontal([column.is_not_null() for column in codes])
    known = is_complete | (severe > 0)
    return [
        pl.when(known).then(severe > 0).otherwise(None).alias("is_disabled"),
        pl.when(is_complete)
        .then(severe.cast(pl.Int8))
        .otherwise(None)
        .alias("severe_difficulties"),
    ]


def derive_persons(persons: pl.DataFrame, members: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """Return a line for each person, in the same order: where counted, ages, disability."""
    counted = members.filter("is_principal").select(
        "person_id", "household_id", "relationship", "is_absent", "is_counted"
    )
    joined = persons.join(counted, on="person_id", how="left", maintain_order="left")
    return joined.select(
        "person_id",
        "household_id",
        "relationship",
        "is_absent",
        pl.col("is_counted").fill_null(value=False),
        *ages(day),
        *disability(persons.columns),
    )


def current_members(
    current: pl.DataFrame, households: pl.DataFrame, people: pl.DataFrame
) -> pl.DataFrame:
    """Return present members with their sex, birth and whether they are counted.

    Counted is who is alive, in an active household, by a principal membership: once in the country.
    """
    status = households.select("household_id", "status")
    return (
        current.join(status, on="household_id", how="left", maintain_order="left")
        .join(people, on="person_id", how="left", maintain_order="left")
        .with_columns(
            is_counted=pl.col("is_principal")
            & (pl.col("status").cast(pl.String) == Household.Status.ACTIVE)
            & (pl.col("person_status").cast(pl.String) == Person.Status.ALIVE)
        )
    )


def derive_households(
    households: pl.DataFrame, members: pl.DataFrame, derived_persons: pl.DataFrame, day: dt.date
) -> pl.DataFrame:
    """Return a line for each household, in the same order: size, ages, head, disability."""
    disabled = derived_persons.select("person_id", "is_disabled")
    known = members.with_columns(*ages(day)).join(disabled, on="person_id", how="left")
    counts = known.filter("is_counted").group_by("household_id").agg(_counts())
    head = known.filter("is_head").select(
        "household_id",
        pl.col("person_id").alias("head_person_id"),
        pl.col("sex").alias("head_sex"),
        pl.col("age_min").alias("head_age_min"),
        pl.col("age_max").alias("head_age_max"),
        pl.col("is_absent").alias("head_is_absent"),
    )
    numbers = [name for name in counts.columns if name != "household_id"]
    return (
        households.select("household_id")
        .join(counts, on="household_id", how="left", maintain_order="left")
        .join(head, on="household_id", how="left", maintain_order="left")
        .with_columns(pl.col(numbers).fill_null(0))
    )


def _counts() -> list[pl.Expr]:
    youngest, oldest = pl.col("age_min"), pl.col("age_max")
    can_be = {f"under_{age}": youngest < age for age in _UNDER}
    is_sure = {f"under_{age}": oldest < age for age in _UNDER}
    can_be[f"over_{_OVER}"], is_sure[f"over_{_OVER}"] = oldest >= _OVER, youngest >= _OVER
    first, last = _WORKING
    can_be["of_working_age"] = (oldest >= first) & (youngest <= last)
    is_sure["of_working_age"] = (youngest >= first) & (oldest <= last)
    # A dependant is whoever is not of working age.
    can_be["dependants"] = ~is_sure["of_working_age"]
    is_sure["dependants"] = ~can_be["of_working_age"]
    brackets = [
        column
        for name in can_be
        for column in (
            _count(is_sure[name].fill_null(value=False)).alias(f"{name}_min"),
            _count(can_be[name].fill_null(value=True)).alias(f"{name}_max"),
        )
    ]
    return [
        pl.len().cast(pl.Int32).alias("size"),
        _count(pl.col("sex").cast(pl.String) == Person.Sex.FEMALE).alias("women_and_girls"),
        _count(pl.col("is_absent")).alias("absent_members"),
        *brackets,
        _count(pl.col("is_disabled").fill_null(value=False)).alias("disabled_members"),
        _count(pl.col("is_disabled").is_null()).alias("members_of_unknown_disability"),
    ]


def _count(condition: pl.Expr) -> pl.Expr:
    return condition.sum().cast(pl.Int32)
