"""One box finds people and households: by name in any spelling, number, phone, village.

    words typed --understand--> registry number | phone | identifier | name (and place)

Pages follow a signed key, never an offset. What is found is limited to the person's zones twice:
by the ranges of `zone_path` given here, and by row-level security.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core import signing

from gwa.common.access import Person as Reader
from gwa.common.crypto import blind_index
from gwa.registry.models import Identifier, Person
from gwa.registry.queries.hits import (
    MOST_PEOPLE,
    Filters,
    Hit,
    Look,
    Order,
    household_numbered,
    households_by_visit,
    households_in,
    people_named,
    people_with,
    ranges_of,
)
from gwa.registry.queries.names import (
    RankedName,
    has_same_sound,
    names_alike,
    names_of_same_sound,
    resembling_words,
)
from gwa.registry.queries.places import Place, places_called
from gwa.registry.rules.search_terms import Asked, Terms, understand

PAGE = 25
# People of the nearest names are read first; most searches end in the first batch.
_BATCHES = (8, 64, 512, 4096, 16384)
_KEY_SALT = "gwa.registry.search"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the answer: lines, the key of the next page, places of that name.

    `looked` is 0, or how many rows were looked at before the look ended without a full page: the
    rest is asked for by the key, from `reached` on (a zone's path, or a day).
    """

    asked: Asked
    hits: Sequence[Hit] = ()
    next_key: str = ""
    places: Sequence[Place] = ()
    within: Sequence[Place] = ()
    looked: int = 0
    reached: str | dt.date = ""


@dataclass(frozen=True, slots=True)
class _Key:
    """Where a page ended: in which name (in a list: any), after which zone or day and which row."""

    name: int
    at: str
    row: UUID


def search_households(
    text: str,
    *,
    reader: Reader,
    filters: Filters | None = None,
    key: str = "",
    order: Order = Order.PLACE,
    limit: int = PAGE,
) -> Found:
    """Return one page of what the reader may see of those asked for."""
    filters = filters or Filters()
    terms = understand(text)
    ranges = ranges_of(reader.scope_paths(), filters.zone_path)
    after = _read_key(key)
    if not ranges:
        return Found(terms.kind)
    if terms.kind is Asked.NAME:
        return _search_name(terms, ranges, filters, after, limit)
    if terms.kind is Asked.NOTHING:
        if order is Order.OLDEST:
            return _list_by_visit(ranges, filters, after, limit)
        return _list_households(ranges, filters, after, limit)
    hits = _search_number(terms, filters, limit)
    return Found(terms.kind, [hit for hit in hits if _lies_in(hit, ranges)])


def _lies_in(hit: Hit, ranges: Sequence[tuple[str, str]]) -> bool:
    return any(low <= hit.zone_path < high for low, high in ranges)


def _search_number(terms: Terms, filters: Filters, limit: int) -> list[Hit]:
    """Find by equality: a registry number, or the blind index of a phone or identifier."""
    if terms.kind is Asked.REGISTRY_NUMBER:
        return household_numbered(terms.value)
    if terms.kind is Asked.PHONE:
        index = blind_index(terms.value, kind="phone")
        persons = Person.objects.filter(phone_index=index).values_list("id", flat=True)
        return people_with(list(persons[:limit]), filters=filters, limit=limit)
    # Twelve digits whose check fails may still be another body's number.
    indexes = [blind_index(terms.value, kind=kind) for kind in Identifier.Kind.values]
    holders = Identifier.objects.filter(value_index__in=indexes, ended_on__isnull=True)
    persons = holders.values_list("person_id", flat=True)
    return people_with(list(persons[:limit]), filters=filters, limit=limit)


def _search_name(
    terms: Terms,
    ranges: list[tuple[str, str]],
    filters: Filters,
    after: _Key | None,
    limit: int,
) -> Found:
    words, place = terms.words, terms.place
    likeness = resembling_words(words)
    if not place and _ends_with_a_place(words, likeness, ranges):
        words, place, likeness = words[:-1], words[-1], likeness[:-1]
    within = places_called(place, ranges) if place else []
    if place:
        ranges = _ranges_within(within, ranges)
    if not words or not ranges:
        return (
            _list_households(ranges, filters, after, limit, within)
            if ranges
            else Found(terms.kind, within=within)
        )
    names = names_of_same_sound(likeness, ranges)
    is_later = after is not None and all(name.id != after.name for name in names)
    look = Look() if is_later else _people_of(names, ranges, filters, after, limit + 1)
    if len(look.lines) <= limit and not look.stopped_at:
        known = {name.id for name in names}
        others = [name for name in names_alike(likeness, ranges) if name.id not in known]
        missing = limit + 1 - len(look.lines)
        more = _people_of(others, ranges, filters, after if is_later else None, missing)
        look = _joined(look, more)
    places = places_called(" ".join(words), ranges) if not place and after is None else []
    page = _page(terms.kind, look, limit, within)
    once = {hit.person_id: hit for hit in reversed(page.hits)}
    # Names are walked one after another: the zone reached in one of them says nothing.
    return replace(page, hits=list(reversed(once.values())), places=places, reached="")


def _joined(first: Look, second: Look) -> Look:
    lines = [*first.lines, *second.lines]
    return Look(lines, first.rows + second.rows, second.stopped_at)


def _page(asked: Asked, look: Look, limit: int, within: Sequence[Place] = ()) -> Found:
    """Cut a page off what was found, and say where the next one begins."""
    lines = look.lines[:limit]
    hits = [line.hit for line in lines]
    if len(look.lines) > limit:
        last = lines[-1]
        return Found(asked, hits, _write_key(last.place, last.at, last.key), within=within)
    if look.stopped_at is None:
        return Found(asked, hits, within=within)
    _, at, _ = look.stopped_at
    key = _write_key(*look.stopped_at)
    return Found(asked, hits, key, within=within, looked=look.rows, reached=at)


def _ends_with_a_place(
    words: tuple[str, ...],
    likeness: Sequence[Mapping[str, float]],
    ranges: Sequence[tuple[str, str]],
) -> bool:
    """Tell whether the last word names nobody and is the name of a place."""
    return (
        len(words) > 1
        and not has_same_sound(likeness[-1])
        and bool(places_called(words[-1], ranges, exactly=True))
    )


def _people_of(
    names: list[RankedName],
    ranges: list[tuple[str, str]],
    filters: Filters,
    after: _Key | None,
    limit: int,
) -> Look:
    """Walk the names, nearest first, until there are enough people; a name's id is its place."""
    start = next((i for i, name in enumerate(names) if after and name.id == after.name), 0)
    row_key = (after.at, after.row) if after else None
    found = Look()
    for size in _BATCHES:
        batch = names[start : start + size]
        if not batch or len(found.lines) >= limit or found.stopped_at:
            break
        one = people_named(
            [name.id for name in batch],
            ranges=ranges,
            filters=filters,
            after=row_key,
            limit=limit - len(found.lines),
            most=MOST_PEOPLE - found.rows,
        )
        found = _joined(found, _under_names(one, batch))
        start, row_key = start + size, None
    return found


def _under_names(look: Look, batch: Sequence[RankedName]) -> Look:
    """Put the names' ids for their places, and how near each name is into its lines."""
    lines = []
    for line in look.lines:
        name = batch[line.place - 1]
        hit = replace(line.hit, likeness=name.likeness)
        lines.append(replace(line, place=name.id, hit=hit))
    if look.stopped_at is None:
        return Look(lines, look.rows)
    place, at, row = look.stopped_at
    return Look(lines, look.rows, (batch[place - 1].id, at, row))


def _list_households(
    ranges: list[tuple[str, str]],
    filters: Filters,
    after: _Key | None,
    limit: int,
    within: Sequence[Place] = (),
) -> Found:
    row_key = (after.at, after.row) if after else None
    look = households_in(ranges, filters=filters, after=row_key, limit=limit + 1)
    return _page(Asked.NOTHING, look, limit, within)


def _list_by_visit(
    ranges: list[tuple[str, str]], filters: Filters, after: _Key | None, limit: int
) -> Found:
    row_key = (dt.date.fromisoformat(after.at), after.row) if after else None
    look = households_by_visit(ranges, filters=filters, after=row_key, limit=limit + 1)
    return _page(Asked.NOTHING, look, limit)


def _ranges_within(
    places: Sequence[Place], ranges: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the parts of the places that lie in the ranges, none inside another."""
    parts = sorted(
        (max(low, place.path), min(high, place.end))
        for place in places
        for low, high in ranges
        if max(low, place.path) < min(high, place.end)
    )
    outermost: list[tuple[str, str]] = []
    for low, high in parts:
        if not outermost or low >= outermost[-1][1]:
            outermost.append((low, high))
    return outermost


def _write_key(name: int, at: str | dt.date, row: UUID) -> str:
    return signing.dumps([name, str(at), row.hex], salt=_KEY_SALT)


def _read_key(text: str) -> _Key | None:
    """Read the key of a page; a damaged one begins again."""
    try:
        name, at, row = signing.loads(text, salt=_KEY_SALT)
    except signing.BadSignature:
        return None
    return _Key(name, at, UUID(row))
