"""A calculation that calls itself is refused, by the name of its row."""

import pytest

from gwa.questionnaires.words import say_form_fault
from gwa.questionnaires.xform.cycles import find_cycles
from gwa.questionnaires.xform.reading import read_form
from gwa.questionnaires.xform.tests.forms import write_form


def ways(**calculations):
    binds = "".join(
        f'<bind nodeset="/data/{name}" calculate="{told}"/>' for name, told in calculations.items()
    )
    form = read_form(write_form("<a/><b/><c/><d/>", binds))
    return [fault.what for fault in find_cycles(form)]


@pytest.mark.parametrize(
    ("calculations", "told"),
    [
        ({"a": "/data/a + 1"}, ["a → a"]),
        ({"a": "coalesce(., 0) + 1"}, ["a → a"]),
        ({"a": "if(. = '', 1, . + 1)"}, ["a → a"]),
        ({"a": "../b", "b": "concat(/data/c, 'x')", "c": "current()/../a"}, ["a → b → c → a"]),
        ({"a": "/data/b", "b": "/data/a", "c": "/data/a"}, ["a → b → a"]),
    ],
)
def test_a_circle_is_told_once_by_its_way(calculations, told):
    assert ways(**calculations) == told


@pytest.mark.parametrize(
    "calculations",
    [
        {"a": "/data/b + 1", "b": "/data/c", "c": "1"},
        {"a": "if(. = '', uuid(), .)"},
        {"a": "coalesce(/data/a, 5)"},
        {"a": "once(/data/b)", "b": "2"},
        {"a": "indexed-repeat(/data/a, /data, 1)"},
    ],
)
def test_what_ends_is_no_circle(calculations):
    assert ways(**calculations) == []


def test_the_sentence_names_the_row():
    form = read_form(write_form("<a/>", '<bind nodeset="/data/a" calculate="/data/a + 1"/>'))
    [fault] = find_cycles(form)
    assert say_form_fault(fault).startswith("Ligne « a » : le calcul dépend de son propre résultat")
