"""Paper forms: numbered one after the other, keyed once, one in ten keyed again by another."""

import re

import pytest

from gwa.collection import errors
from gwa.collection.actions.desk import DeskEntry, register_at_desk
from gwa.collection.actions.paper_forms import is_drawn, key_again, print_paper_forms
from gwa.collection.erasure import forget_paper_forms
from gwa.collection.models import PaperForm
from gwa.collection.paper_form import draw_paper_forms
from gwa.journal.models import Actor
from gwa.registry.erasure import Erased
from gwa.registry.models import Household, Source
from gwa.registry.rules.facts import MemberFacts
from gwa.registry.sources import new_source
from gwa.testing.accounts import make_account
from gwa.testing.cast import REGISTERED_ON, facts, place
from gwa.testing.small_form import publish_test_form

MOUSSA = Actor(label="moussa")
TYPED = {"m1-given_name": ["Awa"]}


@pytest.fixture
def printed(whole_country, places, dictionary, settings):
    # One in ten of no few forms may be none: with this key there are four among the forty.
    settings.SECRET_KEY = "the key of the tests"  # noqa: S105 (it opens nothing)
    version = publish_test_form()
    return print_paper_forms(version=version, copies=40, zone_path="/ml/", actor=MOUSSA)


def register(number, places, by):
    person = facts("Awa", "Traoré", "F")
    entry = DeskEntry(
        household=place(places.sevare),
        members=[MemberFacts(person=person, relationship="head")],
        paper_number=number,
        typed=TYPED,
    )
    source = new_source(Source.Kind.PAPER, f"fiche n° {number}", REGISTERED_ON)
    return register_at_desk(entry=entry, source=source, actor=MOUSSA, by=by)


@pytest.fixture
def drawn(printed):
    return next(form for form in printed if is_drawn(form.number))


def test_numbers_follow_each_other_whoever_prints(printed):
    more = print_paper_forms(
        version=printed[0].form_version, copies=2, zone_path="/ml/", actor=MOUSSA
    )
    assert [form.count for form in (*printed, *more)] == list(range(1, 43))


def test_a_keyed_form_keeps_its_household_and_the_zone_follows(printed, places):
    clerk = make_account("operator")
    household = register(printed[0].number, places, clerk)
    form = PaperForm.objects.get(pk=printed[0].pk)
    assert (form.household, form.keyed_by, form.zone_path) == (
        household,
        clerk,
        household.zone_path,
    )


def test_a_form_is_keyed_once(printed, places):
    clerk = make_account("operator")
    register(printed[0].number, places, clerk)
    with pytest.raises(errors.PaperFormKeyed):
        register(printed[0].number, places, clerk)
    assert Household.objects.count() == 1


def test_the_number_of_another_paper_is_only_a_label(printed, places):
    register("F-999999-99", places, make_account("operator"))
    assert not PaperForm.objects.filter(keyed_at__isnull=False).exists()


def test_what_was_typed_is_kept_for_the_forms_that_are_drawn_alone(printed, drawn, places):
    clerk = make_account("operator")
    other = next(form for form in printed if not is_drawn(form.number))
    register(drawn.number, places, clerk)
    register(other.number, places, clerk)
    kept = PaperForm.objects.in_bulk([drawn.pk, other.pk])
    assert (kept[drawn.pk].first, kept[other.pk].first) == (TYPED, {})
    assert b"Awa" not in bytes(kept[drawn.pk].first_sealed)


def test_somebody_else_keys_it_again(drawn, places):
    first, second = make_account("operator"), make_account("operator", username="fatou")
    register(drawn.number, places, first)
    again = {"m1-given_name": ["Ava"]}
    key_again(form=drawn, fields=again, differences=1, by=second, actor=MOUSSA)
    form = PaperForm.objects.get(pk=drawn.pk)
    assert (form.second_by, form.differences, form.second) == (second, 1, again)
    with pytest.raises(errors.PaperFormNotDrawn):
        key_again(form=drawn, fields=again, differences=1, by=second, actor=MOUSSA)


def test_nobody_checks_what_they_keyed(drawn, places):
    clerk = make_account("operator")
    register(drawn.number, places, clerk)
    with pytest.raises(errors.PaperFormOwn):
        key_again(form=drawn, fields=TYPED, differences=0, by=clerk, actor=MOUSSA)


def test_one_in_ten_is_drawn():
    drawn_ones = sum(is_drawn(f"F-{count:06d}-00") for count in range(3000))
    assert 200 < drawn_ones < 400


def test_each_form_has_two_pages(printed):
    pdf = draw_paper_forms(printed[:3], printed[0].form_version)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 6


def test_what_was_typed_is_forgotten_with_the_household(drawn, places):
    household = register(drawn.number, places, make_account("operator"))
    forget_paper_forms(Erased(households=(household.pk,), persons=()))
    form = PaperForm.objects.get(pk=drawn.pk)
    assert (form.household, form.first_sealed) == (None, None)
    with pytest.raises(errors.PaperFormKeyed):
        register(drawn.number, places, make_account("operator", username="fatou"))
