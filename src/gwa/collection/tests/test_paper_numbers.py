"""The number of a paper form: read as hands write it, and never another one's."""

import pytest

from gwa.collection.rules.paper_numbers import read_paper_number, write_paper_number


@pytest.mark.parametrize("count", [1, 42, 999_999, 1_000_000])
def test_what_is_written_is_read_again(count):
    number = write_paper_number(count)
    assert read_paper_number(number) == number
    assert read_paper_number(f" {number.lower().replace('-', ' ')} ") == number


@pytest.mark.parametrize("typed", ["", "F-0042", "F-000042-00", "F-000024-69", "12 octobre"])
def test_a_slip_or_the_number_of_another_paper_is_none_of_ours(typed):
    assert read_paper_number(typed) is None


def test_every_wrong_digit_and_every_swap_is_found():
    digits = [*write_paper_number(123_456).replace("F-", "").replace("-", "")]
    for place, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            typed = "".join([*digits[:place], wrong, *digits[place + 1 :]])
            assert read_paper_number(f"F{typed}") is None
    for place in range(len(digits) - 1):
        swapped = digits.copy()
        swapped[place : place + 2] = reversed(swapped[place : place + 2])
        assert swapped == digits or read_paper_number("".join(swapped)) is None
