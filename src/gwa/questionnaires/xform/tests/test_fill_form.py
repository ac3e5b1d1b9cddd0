"""A form is filled as an enumerator would: what is wanted, else what the form takes."""

import datetime as dt
from uuid import UUID

import pytest

from gwa.questionnaires.xform.checking import check_instance
from gwa.questionnaires.xform.filling import fill_form
from gwa.questionnaires.xform.filling.lists import read_list
from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.questionnaires.xform.instance import read_instance
from gwa.questionnaires.xform.tests.forms import make_form, make_household

ENDED = dt.datetime(2026, 11, 27, 10, 40, tzinfo=dt.UTC)
STARTED = ENDED - dt.timedelta(minutes=40)


def fill(form, scene=None, **lists):
    return fill_form(
        form,
        scene or Scene(),
        instance_id=UUID(int=7),
        started=STARTED,
        ended=ENDED,
        lists={name: read_list(name, text) for name, text in lists.items()},
    )


def answers(form, filled):
    instance = read_instance(filled.xml, form)
    assert check_instance(form, instance, today=ENDED.date(), lists={}) == []
    return {"/".join(path): text for path, text in instance.household.answers.items()}


def one_question(bind, control, more="", binds=""):
    return make_form(f"<a/>{more}", f'<bind nodeset="/data/a" {bind}/>{binds}', control)


INPUT = '<input ref="/data/a"/>'


@pytest.mark.parametrize(
    ("bind", "wanted", "kept"),
    [
        ('type="string" required="true()"', "Awa", "Awa"),
        ('type="int" required="true()" constraint=". &gt; 10"', "41", "41"),
        # What the form refuses gives way to what it takes.
        ('type="int" required="true()" constraint=". &gt; 10"', "3", "20"),
        ('type="int" required="true()"', "many", "1"),
        ('type="date" required="true()" constraint=". &lt;= today()"', "2030-01-01", "2026-11-27"),
        # Nobody wants it, and it need not be.
        ('type="string"', None, None),
    ],
)
def test_what_is_wanted_is_given_where_the_form_takes_it(bind, wanted, kept):
    form = one_question(bind, INPUT)
    found = answers(form, fill(form, Scene({"a": wanted})))
    assert found.get("a") == kept


def test_what_is_not_asked_gets_no_answer():
    binds = '<bind nodeset="/data/b" relevant="/data/a = \'yes\'" required="true()"/>'
    form = one_question('type="string"', f'{INPUT}<input ref="/data/b"/>', "<b/>", binds)
    assert "b" in answers(form, fill(form, Scene({"a": "yes"})))
    assert "b" not in answers(form, fill(form, Scene({"a": "no"})))


def test_what_is_computed_follows_the_answers():
    binds = '<bind nodeset="/data/b" type="int" calculate="/data/a * 2"/>'
    form = one_question('type="int"', INPUT, "<b/>", binds)
    assert answers(form, fill(form, Scene({"a": 21})))["b"] == "42"


def test_what_nothing_satisfies_is_told():
    form = one_question('type="int" required="true()" constraint=". = 777"', INPUT)
    assert fill(form).unanswered == ("a",)


def test_rounds_are_those_wanted_and_each_has_its_own_answers():
    body = '<repeat nodeset="/data/m"><input ref="/data/m/x"/></repeat>'
    form = make_form("<m jr:template=''><x/></m>", '<bind nodeset="/data/m/x"/>', body)
    filled = fill(form, Scene({}, {"m": [{"x": "one"}, {"x": "two"}, {"x": "three"}]}))
    rounds = read_instance(filled.xml, form).household.rounds("m")
    assert [one.answer("m", "x") for one in rounds] == ["one", "two", "three"]


def test_the_same_number_gives_the_same_interview():
    form = make_household()
    assert fill(form).xml == fill(form).xml


def test_all_that_was_asked_is_told_in_order():
    binds = '<bind nodeset="/data/b" relevant="/data/a = \'yes\'"/>'
    form = one_question('type="string"', f'{INPUT}<input ref="/data/b"/>', "<b/>", binds)
    assert [one.question.name for one in fill(form, Scene({"a": "no"})).asked] == ["a"]
    assert [one.question.name for one in fill(form, Scene({"a": "yes"})).asked] == ["a", "b"]
