"""The number on a card becomes the household's, once."""

import pytest

from gwa.fieldwork import errors
from gwa.fieldwork.actions import print_cards
from gwa.fieldwork.cards import check_number
from gwa.fieldwork.models import Card
from gwa.registry.actions.numbers import draw_card_number, draw_number
from gwa.registry.rules.numbers import is_registry_number, show_number
from gwa.testing.cast import FATOU


@pytest.fixture
def cards(telephone):
    return print_cards(zone=telephone.places.socoura, count=3, holder=telephone.user, actor=FATOU)


def codes(number, known=None):
    return [(problem.code, problem.is_warning) for problem in check_number(number, known)]


def test_each_card_has_a_number_of_its_own_that_is_nobodys(cards):
    assert len(set(cards)) == 3
    assert all(is_registry_number(number) for number in cards)
    assert set(Card.objects.values_list("number", flat=True)) == set(cards)


def test_no_household_is_ever_given_the_number_of_a_card_in_somebodys_bag(cards, monkeypatch):
    assert {number[0] for number in cards} == {"9"}
    # The first and the last number that either may draw.
    for pick in (lambda _most: 0, lambda most: most - 1):
        monkeypatch.setattr("secrets.randbelow", pick)
        assert draw_number()[0] != "9"
        assert draw_card_number()[0] == "9"


@pytest.mark.parametrize("count", [0, 501])
def test_so_many_are_not_printed_at_once(telephone, count):
    with pytest.raises(errors.TooManyCards):
        print_cards(zone=telephone.places.socoura, count=count, actor=FATOU)


def test_a_printed_number_is_free_until_a_household_has_it(telephone, cards):
    assert codes(cards[0]) == []
    household = telephone.enter(telephone.family()).household
    assert codes(household.registry_number) == [("fieldwork.card_used", False)]


def test_a_number_that_was_never_printed_waits(cards):
    assert codes("100000000077") == [("fieldwork.card_unknown", False)]


def test_a_household_keeps_the_number_it_has(telephone, cards):
    household = telephone.enter(telephone.family()).household
    assert codes(household.registry_number, household) == []
    [problem] = check_number(cards[0], household)
    assert (problem.code, problem.is_warning) == ("fieldwork.card_not_needed", True)
    assert problem.facts["known"] == show_number(household.registry_number)
