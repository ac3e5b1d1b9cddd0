"""The history of a household, told as a story: who, when, why, what changed, from what to what.

Versions say what rows were before; what they became is the next version, or the row as it is now.
Everything is read under the present scope: a zone reads what happened there, and no more.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from gwa.common.access import Person as Reader
from gwa.common.people import name_of_process, names_by_account
from gwa.journal.events import name_of
from gwa.journal.models import Entry
from gwa.registry.models import Household, Source, Version
from gwa.registry.queries.changes import REGISTERED
from gwa.registry.queries.differences import Difference, RowChange, sight_of, tell_differences
from gwa.registry.words import show_day

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One change of the household. `cursor` is where the next page begins."""

    cursor: int
    change_id: UUID | None
    at: dt.datetime
    actor: str
    reason: str
    actions: tuple[str, ...]
    source: str
    differences: tuple[Difference, ...]


def household_story(
    household: Household, user: Reader, *, before: int | None = None, limit: int = 20
) -> list[StoryLine]:
    """Return one page of the household's changes, newest first; `before` is the last cursor."""
    lines = _tell(household, user, _page(household, before, limit))
    if len(lines) < limit and before != 0:
        lines += _beginning(household)
    return lines


def story_of_change(household: Household, user: Reader, change_id: UUID) -> StoryLine | None:
    """Return what one change did to the household; None where nothing of it is seen here."""
    versions = Version.objects.filter(household_id=household.pk, change_id=change_id)
    last = versions.aggregate(last=Max("id"))["last"]
    lines = _tell(household, user, {change_id: last}) if last is not None else []
    return lines[0] if lines else None


def _tell(household: Household, user: Reader, page: Mapping[UUID, int]) -> list[StoryLine]:
    versions = list(
        Version.objects.filter(change_id__in=page, household_id=household.pk).order_by("id")
    )
    changes = _row_changes(versions)
    told = tell_differences(changes, sight=sight_of(user))
    entries = _entries(page)
    sources = _sources(changes)
    people = names_by_account(said[0].actor_id for said in entries.values())
    return [
        _line(change, last, versions, entries, people, sources, told)
        for change, last in page.items()
    ]


def _page(household: Household, before: int | None, limit: int) -> dict[UUID, int]:
    """The numbers of the page's changes, each with its last version."""
    changes = (
        Version.objects.filter(household_id=household.pk)
        .order_by()
        .values_list("change_id")
        .annotate(last=Max("id"))
        .order_by("-last")
    )
    if before is not None:
        changes = changes.filter(last__lt=before)
    return dict(changes[:limit])


def _row_changes(versions: Sequence[Version]) -> list[RowChange]:
    """What each row was before each change, and what it was after."""
    spans: dict[tuple[UUID, UUID], list[Version]] = {}
    for version in versions:
        spans.setdefault((version.change_id, version.row_id), []).append(version)
    following = _rows_after([span[-1] for span in spans.values()])
    return [
        RowChange(
            change_id=change,
            table=span[0].table_name,
            row_id=row,
            person_id=span[0].person_id,
            before=span[0].row_before,
            after=following.get(span[-1].id),
            is_removed=span[-1].operation == Version.Operation.REMOVED,
        )
        for (change, row), span in spans.items()
    ]


def _rows_after(versions: Sequence[Version]) -> dict[int, Row]:
    """What each row was just after its version: before its next one, or as it is now."""
    kept = [one for one in versions if one.operation != Version.Operation.REMOVED]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT this.id, next.row_before"
            " FROM unnest(%s::bigint[], %s::uuid[]) AS this(id, row_id), LATERAL ("
            "     SELECT row_before FROM registry_version v"
            "     WHERE v.row_id = this.row_id AND v.id > this.id ORDER BY v.id LIMIT 1"
            " ) AS next",
            [[one.id for one in kept], [one.row_id for one in kept]],
        )
        after = {key: _as_row(value) for key, value in cursor.fetchall()}
        for table in sorted({one.table_name for one in kept if one.id not in after}):
            rows = {
                one.row_id: one.id
                for one in kept
                if one.table_name == table and one.id not in after
            }
            # The name comes from the trigger's own list of tables.
            cursor.execute(
                f"SELECT id, to_jsonb(t) FROM {table} t WHERE id = ANY(%s)",  # noqa: S608
                [list(rows)],
            )
            after |= {rows[key]: _as_row(value) for key, value in cursor.fetchall()}
    return after


def _as_row(value: object) -> Row:
    return json.loads(value) if isinstance(value, str) else value  # type: ignore[return-value]


def _entries(page: Mapping[UUID, int]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(change_id__in=page).order_by("at", "id"):
        found.setdefault(entry.change_id, []).append(entry)
    return found


def _sources(changes: Sequence[RowChange]) -> dict[UUID, str]:
    """Where each change's facts came from, said in words: the source of the rows it added."""
    by_change = {
        change.change_id: UUID(str(change.after["source_id"]))
        for change in changes
        if change.before is None and change.after and change.after.get("source_id")
    }
    sources = Source.objects.in_bulk(set(by_change.values()))
    return {
        change: say_source(sources[source])
        for change, source in by_change.items()
        if source in sources
    }


def say_source(source: Source) -> str:
    """Say a source: which database, collection or paper, of what kind, of which day.

    Who corrects at the technical unit is told beside, as the one who acts.
    """
    kind = Source.Kind(source.kind)
    is_named = kind != Source.Kind.OPERATOR and source.label not in ("", kind.label)
    named = f"{source.label} ({kind.label})" if is_named else kind.label
    return f"{named}, {show_day(source.collected_on)}"


def _line(
    change: UUID,
    last: int,
    versions: Sequence[Version],
    entries: Mapping[UUID, Sequence[Entry]],
    people: Mapping[int | None, str],
    sources: Mapping[UUID, str],
    told: Mapping[UUID, tuple[Difference, ...]],
) -> StoryLine:
    said = entries.get(change, ())
    return StoryLine(
        cursor=last,
        change_id=change,
        at=next(version.at for version in reversed(versions) if version.change_id == change),
        actor=people.get(said[0].actor_id) or name_of_process(said[0].actor_label) if said else "",
        reason=next((entry.reason for entry in said if entry.reason), ""),
        actions=tuple(dict.fromkeys(name_of(entry.action) for entry in said)),
        source=sources.get(change, ""),
        differences=told.get(change, ()),
    )


def _beginning(household: Household) -> list[StoryLine]:
    """The first line of a household that came with a bulk load, which writes no version."""
    added = Version.objects.filter(row_id=household.pk, operation=Version.Operation.ADDED)
    if added.exists():
        return []
    return [
        StoryLine(
            cursor=0,
            change_id=None,
            at=household.source.recorded_at,
            actor=household.source.label,
            reason="",
            actions=(name_of(REGISTERED),),
            source=say_source(household.source),
            differences=(),
        )
    ]
