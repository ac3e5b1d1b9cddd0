"""What the sheet understands, what it asks, and what it lets pass."""

import datetime as dt

import pytest

from gwa.collection.rules.consent import check_consent
from gwa.collection.rules.typed_births import read_typed_birth
from gwa.questionnaires.asked import asked_when
from gwa.questionnaires.rules.asked import is_asked_after, keep_asked
from gwa.variables.queries import read_dictionary

ON = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("12/02/1980", "1980-02-12", "1980-02-12"),
        ("3/1982", "1982-03-01", "1982-03-31"),
        ("vers 1975", "1975-01-01", "1975-12-31"),
        ("1980-1985", "1980-01-01", "1985-12-31"),
        ("34", "1991-10-02", "1992-10-01"),
        ("34 ans", "1991-10-02", "1992-10-01"),
        ("0", "2025-10-02", "2026-10-01"),
        ("8 mois", "2026-01-02", "2026-02-01"),
        ("1 month", "2026-08-02", "2026-09-01"),
    ],
)
def test_a_birth_is_read_as_people_know_it(typed, first, last):
    birth = read_typed_birth(typed, on=ON, known_by="declared")
    assert birth is not None
    assert (birth.first.isoformat(), birth.last.isoformat()) == (first, last)


@pytest.mark.parametrize("typed", ["31/02/1980", "13/1982", "hier", "12/02/80", "1/2/3", "19822"])
def test_what_is_no_birth_is_not_guessed(typed):
    assert read_typed_birth(typed, on=ON, known_by="declared") is None


def test_months_end_with_the_month():
    birth = read_typed_birth("1 mois", on=dt.date(2026, 3, 31), known_by="declared")
    assert (birth.first, birth.last) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


WHEN = {"hosting": {"status": ["displaced"]}, "site": {"hosting": ["site"]}}


def test_a_question_waits_for_the_answer_that_calls_it():
    assert not is_asked_after("hosting", {}, WHEN)
    assert not is_asked_after("hosting", {"status": "resident"}, WHEN)
    assert is_asked_after("hosting", {"status": "displaced"}, WHEN)
    assert is_asked_after("hosting", {"status": ["displaced", "other"]}, WHEN)
    assert is_asked_after("roof", {}, WHEN)


def test_what_was_answered_before_the_mind_changed_is_not_registered():
    answers = {"status": "resident", "hosting": "site", "site": "Sénou", "roof": None, "rooms": 2}
    assert keep_asked(answers, {}, WHEN) == {"status": "resident", "rooms": 2}
    answers["status"] = "displaced"
    assert keep_asked(answers, {}, WHEN).keys() == {"status", "hosting", "site", "rooms"}


def test_the_conditions_speak_of_questions_and_answers_that_exist(dictionary):
    known = read_dictionary(dictionary)
    facts = {"sex": ["F", "M"], "is_absent": [True, False]}
    wrong = []
    for name, wanted in asked_when().items():
        assert name in known.by_name, name
        for other, values in wanted.items():
            variable = known.by_name.get(other)
            codes = facts.get(other) or (
                [True, False] if variable.type == "boolean" else variable.codes()
            )
            wrong += [(name, other, value) for value in values if value not in codes]
    assert wrong == []


def test_nobody_is_registered_who_did_not_agree(dictionary):
    known = read_dictionary(dictionary)

    def codes(**answers):
        return [problem.code for problem in check_consent(answers, known)]

    assert codes() == ["collection.consent_missing"]
    assert codes(consent_registration=False) == ["collection.consent_missing"]
    assert codes(consent_registration=True) == ["collection.consent_form_missing"]
    assert codes(consent_registration=True, consent_form="spoken") == []
