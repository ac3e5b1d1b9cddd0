"""An action is one transaction that leaves its line, or nothing at all."""

import pytest
from django.db import connection, transaction

from gwa.common.scope import everywhere, scoped
from gwa.journal.actions import LeftNoTrace, action, current_change_id, record
from gwa.journal.models import SYSTEM, Entry

pytestmark = pytest.mark.django_db


@action
def greet(*, name: str) -> str:
    record("test.greeted", actor=SYSTEM, data={"length": len(name)})
    return f"Bonjour {name}"


@action
def greet_twice(*, name: str) -> None:
    greet(name=name)
    greet(name=name)
    record("test.greeted_twice", actor=SYSTEM)


@action
def forget_to_record() -> None:
    record_nothing = "this action does nothing else"
    assert record_nothing


@action
def fail_after_recording() -> None:
    record("test.failed", actor=SYSTEM)
    raise ValueError


def test_an_action_returns_its_result_and_leaves_one_line():
    assert greet(name="Awa") == "Bonjour Awa"
    with everywhere():
        line = Entry.objects.get()
    assert (line.action, line.data, line.actor_label) == ("test.greeted", {"length": 3}, "système")


def test_an_action_made_of_others_is_one_change():
    greet_twice(name="Awa")
    with everywhere():
        lines = list(Entry.objects.all())
    assert len(lines) == 3
    assert len({line.change_id for line in lines}) == 1


def test_two_actions_are_two_changes():
    greet(name="Awa")
    greet(name="Moussa")
    with everywhere():
        assert len(set(Entry.objects.values_list("change_id", flat=True))) == 2


def test_an_action_that_leaves_no_line_is_a_fault_of_the_program():
    with pytest.raises(LeftNoTrace, match="forget_to_record"):
        forget_to_record()


def test_an_inner_action_without_a_line_is_a_fault_too():
    @action
    def outer() -> None:
        record("test.outer", actor=SYSTEM)
        forget_to_record()

    with pytest.raises(LeftNoTrace, match="forget_to_record"):
        outer()


def test_a_failed_action_leaves_nothing():
    with pytest.raises(ValueError):  # noqa: PT011 (raised by the action above, without a message)
        fail_after_recording()
    with everywhere():
        assert not Entry.objects.exists()


def test_the_change_is_told_to_the_database_and_taken_back():
    def told() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('gwa.change', true)")
            return cursor.fetchone()[0] or ""

    @action
    def look() -> None:
        record("test.looked", actor=SYSTEM)
        assert told() == str(current_change_id())

    look()
    assert told() == ""


def test_outside_an_action_there_is_no_change():
    with pytest.raises(LookupError):
        current_change_id()


def test_lines_are_read_in_their_zone_only():
    for path in ("1/2/", "1/3/", ""):
        with transaction.atomic():
            record("test.seen", actor=SYSTEM, zone_path=path)
    with scoped(["1/2/"]):
        assert [line.zone_path for line in Entry.objects.all()] == ["1/2/"]
    with scoped([]):
        assert not Entry.objects.exists()
    with everywhere():
        assert Entry.objects.count() == 3
