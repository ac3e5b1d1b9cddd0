"""What a telephone is told of former answers: of the villages given to its person alone."""

import hashlib

import pytest

from gwa.fieldwork.actions import Work, close_work, give_work, set_access
from gwa.journal.models import Entry
from gwa.testing.cast import FATOU


@pytest.fixture
def first(telephone):
    return telephone.family(answers={"rooms": "3", "gps": "14.53 -4.1 280 6"})


@pytest.fixture
def home(telephone, first):
    return telephone.enter(first).household


@pytest.fixture
def given(telephone, form, home):
    work = Work(user=telephone.user, zone=telephone.places.sevare, form=form.form)
    return give_work(work=work, actor=FATOU)


@pytest.fixture
def former(collecte):
    """The files that the work names, by their zone."""

    def fetch():
        [form] = collecte.get("work").json()["forms"]
        told = {}
        for one in form["former"]:
            answer = collecte.get(one["url"])
            assert hashlib.md5(answer.content).hexdigest() == one["md5"]  # noqa: S324
            told[one["zone"]] = answer.json()
        return told

    return fetch


def test_the_answers_of_an_assigned_village_are_told_as_the_form_would_say_them(
    given, former, telephone, home
):
    told = former()[telephone.places.sevare.code][str(home.pk)]
    assert told == {
        "version": "1",
        "asked_on": "2026-02-03",
        "answers": {"/data/rooms": "3"},
        "members": {},
    }
    line = Entry.objects.filter(action="submissions.list_fetched").latest("at")
    assert line.data == {"list": f"former {telephone.places.sevare.code}", "rows": 1}


def test_nothing_is_told_of_a_village_that_is_nobodys_work(home, collecte, form, telephone):
    [told] = collecte.get("work").json()["forms"]
    assert told["former"] == []
    code = telephone.places.sevare.code
    assert collecte.get(f"forms/{form.pk}/former/{code}").status_code == 404


def test_nothing_stays_once_the_work_is_closed_or_the_zone(given, former, telephone, collecte):
    zone = telephone.places.sevare
    assert former()[zone.code]
    set_access(zone=zone, state="closed", reason="Attaque sur la route.", actor=FATOU)
    assert former() == {zone.code: {}}
    set_access(zone=zone, state="open", reason="Calme.", actor=FATOU)
    close_work(assignment=given, actor=FATOU)
    assert former() == {}


def test_chosen_households_are_told_of_alone(telephone, form, home, former):
    other = telephone.enter(telephone.family()).household
    zone = telephone.places.sevare
    work = Work(user=telephone.user, zone=zone, form=form.form, households=[other.pk])
    give_work(work=work, actor=FATOU)
    assert list(former()[zone.code]) == [str(other.pk)]
    give_work(work=Work(user=telephone.user, zone=zone, form=form.form), actor=FATOU)
    assert set(former()[zone.code]) == {str(home.pk), str(other.pk)}


def test_what_changed_is_told_anew_with_the_version_of_the_list(
    given, former, first, home, telephone
):
    for member in first.members:
        member.is_known = True
    telephone.enter(
        telephone.family(
            household_id=str(home.pk),
            is_known=True,
            base_version=1,
            members=first.members,
            answers={"rooms": "4"},
            started="2026-06-01T09:00:00.000+00:00",
            ended="2026-06-01T09:30:00.000+00:00",
        )
    )
    [told] = former()[telephone.places.sevare.code].values()
    assert (told["answers"], told["version"]) == ({"/data/rooms": "4"}, "2")
    assert told["asked_on"] == "2026-06-01"
