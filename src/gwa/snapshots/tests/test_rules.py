"""Which zones are read together, and which snapshots are kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.snapshots.rules.pieces import pieces_of, region_id_of
from gwa.snapshots.rules.retention import Retention, kept

RULE = Retention(dt.date(2020, 1, 1), "essai", days=3, weeks=2, months=2)
paths = st.lists(st.integers(1, 99_999), min_size=1, max_size=7).map(
    lambda ids: "".join(f"{one}/" for one in ids)
)
REGION = {"1/2/": 0, "1/2/3/4/": 4, "1/2/3/5/": 6, "1/2/3/6/": 30, "1/2/4/": 1}


@pytest.mark.parametrize(
    ("path", "region"),
    [("1/12/158/427/1089/8187/", 12), ("1/2/655/", 2), ("1/12/", 12), ("1/", None)],
)
def test_the_region_is_the_second_zone_of_a_path(path, region):
    assert region_id_of(path) == region


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("", [("1/2/", "1/2/3/4/", "1/2/3/5/"), ("1/2/3/6/",), ("1/2/4/",)]),
        ("1/2/3/6/", [("1/2/", "1/2/3/4/", "1/2/3/5/"), ("1/2/4/",)]),
    ],
)
def test_zones_are_read_together_up_to_a_size(without, expected):
    assert list(pieces_of(REGION, REGION.keys() - {without}, most=10)) == expected


def test_a_zone_that_lost_its_rows_is_not_read():
    assert list(pieces_of(REGION, {"1/2/9/", "1/2/4/"}, most=10)) == [("1/2/4/",)]


@given(st.dictionaries(paths, st.integers(0, 20), max_size=12), st.data())
def test_each_zone_wanted_is_read_once_and_no_other(zones, data):
    wanted = data.draw(st.sets(st.sampled_from(sorted(zones)))) if zones else set()
    pieces = list(pieces_of(zones, wanted, most=30))
    assert [path for piece in pieces for path in piece] == sorted(wanted)
    assert all(sum(zones[path] for path in piece) <= 30 for piece in pieces)


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
