"""Every refusal has its own code and sentence; every constraint is put into words."""

import inspect

from django.apps import apps
from django.db import connection

from gwa.common.errors import DomainError, refusal_of
from gwa.registry import errors

REFUSALS = [
    error
    for _, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, DomainError) and error is not DomainError
]
# Kept by the program itself: a violation is a fault of ours, not of who acts.
INNER = {
    "registry_figuresrun_only_one",
    "registry_statement_one_in_force",
    "registry_zonefigure_once",
}


def test_codes_are_distinct_and_belong_to_the_registry():
    codes = [error.code for error in REFUSALS]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("registry.") for code in codes)


def test_sentences_are_distinct_and_end_as_sentences_do():
    sentences = [str(error.message) for error in REFUSALS]
    assert len(set(sentences)) == len(sentences)
    unended = [words for words in sentences if not words.endswith((".", "…", ")s"))]
    assert unended == []


def test_every_constraint_of_the_tables_is_put_into_words():
    names = {
        constraint.name
        for model in apps.get_app_config("registry").get_models()
        for constraint in model._meta.constraints
    }
    assert {name for name in names - INNER if refusal_of(name) is None} == set()


def test_constraints_that_are_named_exist(cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        known = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'registry_check_household'")
        known_to_trigger = cursor.fetchone()[0]
    named = {name for error in REFUSALS for name in error.constraints}
    assert {name for name in named - known if name not in known_to_trigger} == set()
