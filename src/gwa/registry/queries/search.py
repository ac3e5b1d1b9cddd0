"""One box finds people and households: by name in any spelling, number, phone, village.

    words typed --understand--> registry number | phone | identifier | name (and place)

Pages follow a signed key, never an offset. What is found is limited to the person's zones twice:
by the ranges of `zone_path` given here, and by row-level security.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from gwa.common.access import Person as Reader
from gwa.common.crypto import blind_index
from gwa.registry.models import Identifier, Person
from gwa.registry.queries import hits as found
from gwa.registry.queries.hits import Filters, Hit, Order
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
    """A page of the answer: lines, the key of the next page, places of that name."""

    asked: Asked
    hits: Sequence[Hit] = ()
    next_key: str = ""
    places: Sequence[Place] = ()
    within: Sequence[Place] = ()


# A name, then a place and a person under it.
_Line = tuple[int, str, UUID, Hit]


@dataclass(frozen=True, slots=True)
class _Key:
    """Where a page ended: in which name (0 for a list by place), after which row."""

    name: int
    path: str
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
    ranges = found.ranges_of(reader.scope_paths(), filters.zone_path)
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
        return found.household_numbered(terms.value)
    if terms.kind is Asked.PHONE:
        index = blind_index(terms.value, kind="phone")
        persons = Person.objects.filter(phone_index=index).values_list("id", flat=True)
        return found.people_with(list(persons[:limit]), filters=filters, limit=limit)
    # Twelve digits whose check fails may still be another body's number.
    indexes = [blind_index(terms.value, kind=kind) for kind in Identifier.Kind.values]
    holders = Identifier.objects.filter(value_index__in=indexes, ended_on__isnull=True)
    persons = holders.values_list("person_id", flat=True)
    return found.people_with(list(persons[:limit]), filters=filters, limit=limit)


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
    hits, next_key = [], ""
    lines = [] if is_later else _people_of(names, ranges, filters, after, limit + 1)
    if len(lines) <= limit:
        known = {name.id for name in names}
        others = [name for name in names_alike(likeness, ranges) if name.id not in known]
        missing = limit + 1 - len(lines)
        lines += _people_of(others, ranges, filters, after if is_later else None, missing)
    page = lines[:limit]
    if len(lines) > limit:
        name, path, row, _ = page[-1]
        next_key = _write_key(_Key(name, path, row))
    once = {hit.person_id: hit for *_, hit in reversed(page)}
    hits = list(reversed(once.values()))
    places = places_called(" ".join(words), ranges) if not place and after is None else []
    return Found(terms.kind, hits, next_key, places, within)


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
) -> list[_Line]:
    """Walk the names, nearest first, until there are enough people."""
    start = next((i for i, name in enumerate(names) if after and name.id == after.name), 0)
    row_key = (after.path, after.row) if after else None
    lines: list[_Line] = []
    for size in _BATCHES:
        batch = names[start : start + size]
        if not batch or len(lines) >= limit:
            break
        for place, path, person, hit in found.people_named(
            [name.id for name in batch],
            ranges=ranges,
            filters=filters,
            after=row_key,
            limit=limit - len(lines),
        ):
            name = batch[place]
            lines.append((name.id, path, person, found.with_likeness(hit, name.likeness)))
        start, row_key = start + size, None
    return lines


def _list_households(
    ranges: list[tuple[str, str]],
    filters: Filters,
    after: _Key | None,
    limit: int,
    within: Sequence[Place] = (),
) -> Found:
    row_key = (after.path, after.row) if after else None
    lines = found.households_in(ranges, filters=filters, after=row_key, limit=limit + 1)
    page, next_key = lines[:limit], ""
    if len(lines) > limit and page[-1].household_id is not None:
        next_key = _write_key(_Key(0, page[-1].zone_path, page[-1].household_id))
    return Found(Asked.NOTHING, page, next_key, within=within)


def _list_by_visit(
    ranges: list[tuple[str, str]], filters: Filters, after: _Key | None, limit: int
) -> Found:
    row_key = (dt.date.fromisoformat(after.path), after.row) if after else None
    lines = found.households_by_visit(ranges, filters=filters, after=row_key, limit=limit + 1)
    page, next_key = lines[:limit], ""
    last = page[-1] if len(lines) > limit else None
    if last and last.household_id is not None and last.last_interview_on is not None:
        next_key = _write_key(_Key(0, last.last_interview_on.isoformat(), last.household_id))
    return Found(Asked.NOTHING, page, next_key)


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


def _write_key(key: _Key) -> str:
    return signing.dumps([key.name, key.path, key.row.hex], salt=_KEY_SALT)


def _read_key(text: str) -> _Key | None:
    """Read the key of a page; a damaged one begins again."""
    try:
        name, path, row = signing.loads(text, salt=_KEY_SALT)
    except signing.BadSignature:
        return None
    return _Key(name, path, UUID(row))
