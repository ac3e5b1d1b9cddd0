"""Identifiers are UUIDv7: unique, and in the order of their making."""

import time

from gwa.common.ids import new_id


def test_an_id_is_a_version_7_uuid_of_now():
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= after


def test_ids_do_not_repeat():
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_ids_of_later_milliseconds_sort_after():
    first = new_id()
    time.sleep(0.002)
    assert first < new_id()
