"""Chunks of the country, and which snapshots are kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.snapshots.rules.chunks import Chunk, chunk_of
from gwa.snapshots.rules.retention import Retention, kept

RULE = Retention(dt.date(2020, 1, 1), "essai", days=3, weeks=2, months=2)
paths = st.lists(st.integers(1, 99_999), min_size=1, max_size=7).map(
    lambda ids: "".join(f"{one}/" for one in ids)
)


@pytest.mark.parametrize(
    ("path", "chunk", "region"),
    [
        ("1/12/158/427/1089/8187/", "1/12/158/427/", 12),
        ("1/2/655/1488/", "1/2/655/1488/", 2),
        ("1/12/", "1/12/", 12),
        ("1/", "1/", None),
    ],
)
def test_a_chunk_is_four_zones_deep(path, chunk, region):
    assert chunk_of(path) == Chunk(chunk)
    assert chunk_of(path).region_id == region


def test_what_is_no_path_is_refused():
    with pytest.raises(ValueError, match="not a zone path"):
        chunk_of("draft/ML")


@given(paths, paths)
def test_each_path_lies_in_its_chunk_and_in_no_other(one, other):
    mine, theirs = chunk_of(one), chunk_of(other)
    assert mine.path <= one < mine.end
    assert (mine.path <= other < mine.end) == (mine == theirs)


def at(day: str, hour: int = 1) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(hour=hour, tzinfo=dt.UTC)


def test_the_last_of_each_day_week_and_month_stay():
    taken = [at(f"2026-11-{day:02}") for day in range(1, 23)] + [at("2026-10-31"), at("2026-09-30")]
    stay = {f"{one:%m-%d}" for one in kept(taken, RULE)}
    # 22 November 2026 is a Sunday: the week before ended on the 15th.
    assert stay == {"11-22", "11-21", "11-20", "11-15", "10-31"}


def test_of_two_in_one_day_the_later_stays():
    assert kept([at("2026-11-22", 1), at("2026-11-22", 9)], RULE) == {at("2026-11-22", 9)}


@given(st.lists(st.datetimes(timezones=st.just(dt.UTC)), max_size=40))
def test_the_newest_always_stays_and_no_more_than_the_rule_says(taken):
    stay = kept(taken, RULE)
    assert len(stay) <= 7
    assert not taken or max(taken) in stay
