"""The registry's decisions on plain values."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.registry.rules.births import (
    born_at_age,
    born_between,
    born_in_month,
    born_in_year,
    born_on,
    is_possible_birth,
    is_surely_older,
    may_be_same,
    parse_birth,
)
from gwa.registry.rules.facts import BirthFacts
from gwa.registry.rules.identifiers import NinaLayout, odd_in_nina, parse_identifier
from gwa.registry.rules.memberships import has_one_head, link_after_change
from gwa.registry.rules.numbers import (
    LARGEST,
    SMALLEST,
    complete_number,
    is_registry_number,
    parse_number,
    show_number,
)
from gwa.registry.rules.phones import parse_phone, show_phone
from gwa.registry.rules.precedence import Precedence, Word, prevails, rule_in_force
from gwa.registry.sources import nina_layout, precedence_rules
from gwa.registry.words import say_birth

PAYLOADS = st.integers(SMALLEST, LARGEST)
TODAY = dt.date(2026, 11, 22)


# -- Registry numbers


def test_the_check_digits_are_those_of_iso_7064():
    # The standard’s own example: 794 becomes 794 44.
    assert 98 - 794 * 100 % 97 == 44
    assert complete_number(1234567890) == "123456789092"
    assert int(complete_number(1234567890)) % 97 == 1


@given(PAYLOADS)
def test_a_number_is_read_back_however_it_is_typed(payload):
    number = complete_number(payload)
    shown = show_number(number)
    assert len(shown) == 14
    for typed in (number, shown, f"RSU {shown}", shown.replace(" ", "-"), f"n° {number}."):
        assert parse_number(typed) == number


@given(PAYLOADS, st.integers(0, 11), st.integers(1, 9))
def test_every_wrong_digit_is_found(payload, place, shift):
    number = complete_number(payload)
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_registry_number(number[:place] + wrong + number[place + 1 :])


@given(PAYLOADS, st.integers(0, 10))
def test_every_swap_of_neighbours_is_found(payload, place):
    number = complete_number(payload)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not is_registry_number(swapped)


def test_letters_that_hands_write_for_digits_are_read():
    number = complete_number(1011001011)
    assert parse_number(number.replace("0", "O").replace("1", "l")) == number
    for typed in ("", "123", "abcdefghijkl", number + "1", "٠" * 12):
        assert parse_number(typed) is None


@pytest.mark.parametrize("payload", [0, SMALLEST - 1, LARGEST + 1])
def test_a_payload_has_ten_digits_the_first_not_zero(payload):
    with pytest.raises(ValueError, match="ten digits"):
        complete_number(payload)


# -- Births


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        ("22/11/1982", "1982-11-22", "1982-11-22", "day"),
        ("1.2.1982", "1982-02-01", "1982-02-01", "day"),
        ("02/1984", "1984-02-01", "1984-02-29", "month"),
        ("1975", "1975-01-01", "1975-12-31", "year"),
        ("Née vers  1975", "1975-01-01", "1975-12-31", "year"),
        ("1960-1965", "1960-01-01", "1965-12-31", "range"),
        ("entre 1960 et 1965", "1960-01-01", "1965-12-31", "range"),
    ],
)
def test_what_people_write_of_a_birth(typed, first, last, precision):
    birth = parse_birth(typed)
    assert (birth.first.isoformat(), birth.last.isoformat(), birth.precision) == (
        first,
        last,
        precision,
    )


@pytest.mark.parametrize("typed", ["", "hier", "31/02/1980", "13/1980", "75", "12/13/1980"])
def test_what_is_not_clear_is_not_guessed(typed):
    assert parse_birth(typed) is None


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (None, "inconnue"),
        (born_on(dt.date(1982, 11, 22)), "22/11/1982"),
        (born_in_month(1982, 3), "mars 1982"),
        (born_in_year(1975), "vers 1975"),
        (born_between(1960, 1965), "entre 1960 et 1965"),
    ],
)
def test_a_birth_is_said_as_it_is_known(birth, said):
    assert say_birth(birth) == said


@given(
    st.integers(0, 110), st.dates(dt.date(1960, 1, 1), TODAY), st.dates(dt.date(1840, 1, 1), TODAY)
)
def test_an_age_covers_exactly_the_days_that_give_it(years, on, day):
    birth = born_at_age(years, on)
    age = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    if day.day != 29 or day.month != 2:
        assert (birth.first <= day <= birth.last) == (age == years)


@pytest.mark.parametrize(
    ("birth", "is_possible"),
    [
        (born_on(TODAY), True),
        (born_on(TODAY + dt.timedelta(days=1)), False),
        (born_in_year(2026), True),
        (born_in_year(1901), True),
        (born_in_year(1900), False),
        (BirthFacts(dt.date(1980, 2, 1), dt.date(1980, 1, 1), "range"), False),
        (BirthFacts(dt.date(1980, 1, 1), dt.date(1980, 1, 2), "day"), False),
    ],
)
def test_births_that_can_be(birth, is_possible):
    assert is_possible_birth(birth, TODAY) is is_possible


def test_births_are_compared_by_what_is_certain():
    elder, younger, vague = born_in_year(1975), born_in_month(1982, 3), born_between(1970, 1985)
    assert may_be_same(elder, vague)
    assert not may_be_same(elder, younger)
    assert is_surely_older(elder, younger)
    assert not is_surely_older(elder, vague)


# -- Phones and identifiers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("76 12 34 56", "22376123456"),
        ("+223 76-12-34-56", "22376123456"),
        ("00223 76123456", "22376123456"),
        ("22376123456", "22376123456"),
        ("+33 6 12 34 56 78", "33612345678"),
        ("0033612345678", "33612345678"),
        ("7612345", None),
        ("761234567", None),
        ("+223 7612345", None),
        ("16123456", None),
        ("33612345678", None),
        ("appeler Awa", None),
        ("", None),
    ],
)
def test_phones(typed, kept):
    assert parse_phone(typed) == kept


def test_phones_are_shown_as_they_are_read_aloud():
    assert show_phone("22376123456") == "76 12 34 56"
    assert show_phone("33612345678") == "+33612345678"
    assert show_phone("") == ""


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("nina", "1 82 1234567 890 1a", "18212345678901A"),
        ("nina", "1 82 12345678901 b", "18212345678901B"),
        ("nina", "1821234567890AB", None),
        ("cmss", "ab-12/34", "AB12/34"),
        ("cmss", "x", None),
    ],
)
def test_identifiers_by_their_form(kind, typed, kept):
    assert parse_identifier(kind, typed) == kept


def test_a_nina_that_disagrees_is_odd_and_nothing_more():
    layout = NinaLayout(sex_at=1, female="2", male="1", year_at=2)
    woman = born_between(1980, 1983)
    assert odd_in_nina("12820000000000A", layout, "F", woman) == ()
    assert odd_in_nina("11990000000000A", layout, "F", woman) == ("sex", "year")
    assert odd_in_nina("12990000000000A", layout, "F", None) == ()
    assert odd_in_nina("11990000000000A", None, "F", woman) == ()
    assert nina_layout() == layout


# -- Heads


@pytest.mark.parametrize(
    ("member", "new_head", "link"),
    [
        ("head", "spouse", "spouse"),
        ("head", "child", "parent"),
        ("head", "nephew_niece", "other_relative"),
        ("child", "spouse", "child"),
        ("child", "child", "sibling"),
        ("spouse", "child", "parent"),
        ("parent", "spouse", "other_relative"),
        ("child", "sibling", "nephew_niece"),
        ("not_related", "child", "not_related"),
        ("child", "not_related", "not_related"),
    ],
)
def test_links_after_a_change_of_head(member, new_head, link):
    assert link_after_change(member, new_head) == link


def test_one_head_and_one_only():
    assert has_one_head(["child", "head"])
    assert not has_one_head(["child"])
    assert not has_one_head(["head", "head"])


# -- Sources

RULE = Precedence(
    dt.date(2020, 1, 1), "essai", ("operator", "interview"), frozenset({"person.birth"})
)


@pytest.mark.parametrize(
    ("field", "new", "current", "wins"),
    [
        ("person.birth", ("interview", 9), ("operator", 1), False),
        ("person.birth", ("operator", 1), ("interview", 9), True),
        ("person.birth", ("interview", 2), ("interview", 1), True),
        ("person.birth", ("interview", 1), ("interview", 2), False),
        ("person.birth", ("import", 9), ("interview", 1), False),
        ("household.address", ("interview", 9), ("operator", 1), True),
        ("household.address", ("operator", 1), ("interview", 9), False),
        ("household.address", ("interview", 1), ("operator", 1), False),
        ("household.address", ("operator", 1), ("operator", 1), True),
    ],
)
def test_who_is_believed(field, new, current, wins):
    one, other = (Word(kind, dt.date(2026, 1, day)) for kind, day in (new, current))
    assert prevails(one, other, field=field, rule=RULE) is wins


def test_the_rule_of_the_day_is_used():
    newer = Precedence(dt.date(2027, 1, 1), "décision", ("interview",), frozenset())
    assert rule_in_force([RULE, newer], dt.date(2026, 6, 1)) is RULE
    assert rule_in_force([RULE, newer], dt.date(2027, 6, 1)) is newer
    assert rule_in_force([RULE, newer], dt.date(2019, 6, 1)) is RULE


def test_the_shipped_rules_are_read():
    (rule,) = precedence_rules()
    assert rule.ranks[0] == "operator"
    assert "person.birth" in rule.lasting
    assert rule.reference
