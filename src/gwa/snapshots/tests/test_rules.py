"""Chunks of the country, and which snapshots are kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.snapshots.rules.chunks import Chunk, chunk_of, pieces_of
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


def pieces(sizes: dict[str, int], without: str = "", most: int = 10) -> list[list[str]]:
    chunks = {Chunk(path): size for path, size in sizes.items()}
    wanted = {chunk for chunk in chunks if chunk.path != without}
    return [[one.path for one in piece.chunks] for piece in pieces_of(chunks, wanted, most=most)]


REGION = {"1/2/": 0, "1/2/3/4/": 4, "1/2/3/5/": 6, "1/2/3/6/": 30, "1/2/4/": 1}


@pytest.mark.parametrize(
    ("sizes", "without", "expected"),
    [
        (REGION, "", [["1/2/", "1/2/3/4/", "1/2/3/5/"], ["1/2/3/6/"], ["1/2/4/"]]),
        (REGION, "1/2/3/4/", [["1/2/"], ["1/2/3/5/"], ["1/2/3/6/"], ["1/2/4/"]]),
        # One code, two geographies: other regions lie between.
        ({"1/2/3/4/": 1, "9/8/3/4/": 1}, "", [["1/2/3/4/"], ["9/8/3/4/"]]),
        ({"1/": 1, "9/": 1}, "", [["1/"], ["9/"]]),
    ],
)
def test_neighbours_are_read_together_up_to_a_size(sizes, without, expected):
    assert pieces(sizes, without) == expected


@given(st.lists(paths, unique=True), st.integers(0, 3))
def test_a_piece_holds_the_paths_of_its_chunks_and_of_no_other(all_paths, most):
    chunks = dict.fromkeys(sorted({chunk_of(path) for path in all_paths}), 1)
    for region in {chunk.region_id for chunk in chunks}:
        own = {chunk: size for chunk, size in chunks.items() if chunk.region_id == region}
        wanted = {chunk for chunk in own if len(chunk.path) % 3}
        found = list(pieces_of(own, wanted, most=most))
        assert sorted(chunk for piece in found for chunk in piece.chunks) == sorted(wanted)
        for piece in found:
            inside = {chunk_of(path) for path in all_paths if piece.start <= path < piece.end}
            assert inside == set(piece.chunks)


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
