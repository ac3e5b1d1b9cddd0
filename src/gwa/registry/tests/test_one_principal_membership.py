"""Nobody is counted twice on one day, whoever writes and whatever they see."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from gwa.common.scope import everywhere, scoped
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM
from gwa.registry import errors
from gwa.registry.models import Membership
from gwa.testing.cast import LATER, REGISTERED_ON, Cast, make_cast
from gwa.testing.places import make_places

BEFORE = REGISTERED_ON - dt.timedelta(days=400)
LONG_BEFORE = BEFORE - dt.timedelta(days=400)


@action
def write_past(cast: Cast, since: dt.date, until: dt.date, household=None) -> Membership:
    """Write a principal membership of Binta that has ended, with no look at the others."""
    made = Membership.objects.create(
        person=cast.person("Binta"),
        household=household or cast.neighbours,
        zone_path=(household or cast.neighbours).zone_path,
        relationship="sibling",
        started_on=since,
        ended_on=until,
        end_reason="moved",
        source=cast.membership("Binta").source,
    )
    record("test.past_written", actor=SYSTEM)
    return made


def test_a_past_that_ends_where_the_present_begins_is_written(cast: Cast):
    began = cast.membership("Binta").started_on
    assert write_past(cast, BEFORE, began).pk
    assert write_past(cast, LONG_BEFORE, BEFORE).pk


def test_a_past_that_runs_into_the_present_is_refused(cast: Cast):
    began = cast.membership("Binta").started_on
    with pytest.raises(errors.CountedElsewhere):
        write_past(cast, BEFORE, began + dt.timedelta(days=1))


def test_two_pasts_on_one_day_are_refused(cast: Cast):
    write_past(cast, LONG_BEFORE, BEFORE)
    with pytest.raises(errors.CountedElsewhere):
        write_past(cast, BEFORE - dt.timedelta(days=1), BEFORE + dt.timedelta(days=1))


def test_a_present_drawn_back_into_the_past_is_refused(cast: Cast):
    began = cast.membership("Binta").started_on
    write_past(cast, BEFORE, began)

    @action
    def draw_back() -> None:
        Membership.objects.current().filter(person=cast.person("Binta")).update(
            started_on=began - dt.timedelta(days=1)
        )
        record("test.drawn_back", actor=SYSTEM)

    with pytest.raises(errors.CountedElsewhere):
        draw_back()


def test_the_present_is_known_where_it_cannot_be_seen(cast: Cast):
    binta = cast.person("Binta")
    source = cast.membership("Binta").source
    began = cast.membership("Binta").started_on

    @action
    def write_out_of_sight() -> None:
        Membership.objects.create(
            person_id=binta.pk,
            household=cast.far,
            zone_path=cast.far.zone_path,
            relationship="sibling",
            started_on=BEFORE,
            ended_on=began + dt.timedelta(days=1),
            end_reason="moved",
            source=source,
        )
        record("test.written", actor=SYSTEM)

    with scoped([cast.places.gao.path]):
        assert not Membership.objects.filter(person=binta).exists()
        with pytest.raises(errors.CountedElsewhere):
            write_out_of_sight()
        assert not Membership.objects.filter(person=binta).exists()


def test_a_bulk_load_is_judged_whole(cast: Cast):
    began = cast.membership("Binta").started_on
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL gwa.bulk = 'on'")
        write_past(cast, BEFORE, began + dt.timedelta(days=1))
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            cursor.execute("SELECT registry_check_all()")
    cause = refused.value.__cause__
    assert cause.diag.constraint_name == "registry_membership_principals_apart"


def test_two_who_write_at_once_are_seen_by_each_other(transactional_db):
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        write_past(cast, LONG_BEFORE, BEFORE)
    meet, results = threading.Barrier(2), []

    def write(change) -> None:
        try:
            with transaction.atomic(), everywhere():
                meet.wait(timeout=10)
                change()
            results.append("written")
        except errors.CountedElsewhere:
            results.append("refused")
        finally:
            connection.close()

    @action
    def stretch_present() -> None:
        Membership.objects.current().filter(person=cast.person("Binta")).update(started_on=LATER)
        Membership.objects.current().filter(person=cast.person("Binta")).update(started_on=BEFORE)
        record("test.stretched", actor=SYSTEM)

    def add_past() -> None:
        write_past(cast, BEFORE, BEFORE + dt.timedelta(days=30))

    threads = [threading.Thread(target=write, args=[act]) for act in (stretch_present, add_past)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["refused", "written"]
