"""Undo: the versions of the last change, replayed backwards. Undoing an undo does it again."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import require_reason
from gwa.registry.models import (
    Compound,
    Document,
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    Statement,
    Version,
)
from gwa.registry.queries.changes import LastChange, find_last_change
from gwa.registry.search_index import index_names

TRACKED = {
    model._meta.db_table: [str(field.column) for field in model._meta.concrete_fields]
    for model in (
        Compound,
        Household,
        HouseholdOrigin,
        Person,
        Membership,
        Identifier,
        Document,
        Statement,
    )
}
# Names come from the models above; only row numbers are parameters.
_TAKE_AWAY = "DELETE FROM {table} WHERE id = %(row)s"
_PUT_BACK = """
    INSERT INTO {table} ({columns}) SELECT {values}
    FROM registry_version v, jsonb_populate_record(NULL::{table}, v.row_before) AS was
    WHERE v.id = %(version)s
"""
_TURN_BACK = """
    UPDATE {table} AS now SET ({columns}) = (
        SELECT {values} FROM registry_version v, jsonb_populate_record(now, v.row_before) AS was
        WHERE v.id = %(version)s
    ) WHERE now.id = %(row)s
"""
_STATEMENTS = {
    Version.Operation.ADDED: _TAKE_AWAY,
    Version.Operation.CHANGED: _TURN_BACK,
    Version.Operation.REMOVED: _PUT_BACK,
}


@action
def undo_last_change(*, household: Household, actor: Actor, reason: str) -> LastChange:
    """Give back the state before the household's last change, in every row it touched.

    Refused when something has happened since to anything it touched, when it was the registration,
    or when it concerns zones outside those of the person who acts.
    """
    require_reason(reason)
    change = _lock_last_change(household)
    with everywhere():
        left = _zones_of(change.households)
        try:
            with transaction.atomic():
                replay(change.versions)
        except IntegrityError as error:
            raise errors.UndoImpossible from error
        index_names(change.persons)
        _record(change, left, actor, reason)
    return change


def _lock_last_change(household: Household) -> LastChange:
    """Find the change, lock what it touched, and find it again to be sure it is still the last."""
    seen = find_last_change(household)
    if seen is None:
        raise errors.NothingToUndo
    with everywhere():
        _lock(Household, seen.households)
        _lock(Person, seen.persons)
    change = find_last_change(household)
    if change is None or change.id != seen.id:
        raise errors.UndoOvertaken
    if change.refusal is not None:
        raise change.refusal
    return change


def _lock(model: type[Household] | type[Person], keys: set[UUID]) -> None:
    rows = model.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))


def replay(versions: Sequence[Version]) -> None:
    """Turn back each version, the last one first, then let the database judge the whole."""
    with connection.cursor() as cursor:
        for version in versions:
            columns = TRACKED[version.table_name]
            statement = _STATEMENTS[Version.Operation(version.operation)].format(
                table=version.table_name,
                columns=", ".join(columns),
                values=", ".join(f"was.{column}" for column in columns),
            )
            cursor.execute(statement, {"row": version.row_id, "version": version.id})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _zones_of(households: set[UUID]) -> dict[UUID, str]:
    rows = Household.objects.filter(pk__in=households)
    return dict(rows.values_list("pk", "zone_path"))


def _record(change: LastChange, left: dict[UUID, str], actor: Actor, reason: str) -> None:
    """Write one line for each household, in the zone it left too when it went back to another."""
    present = _zones_of(change.households)
    for key in sorted(change.households):
        for path in dict.fromkeys(filter(None, (present.get(key), left.get(key)))):
            record(
                "registry.change_undone",
                subject=Household(pk=key),
                zone_path=path,
                actor=actor,
                reason=reason,
                data={"undone": str(change.id), "actions": list(change.actions)},
            )
