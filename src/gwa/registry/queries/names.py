"""From the words somebody typed to the distinct names of the registry, nearest first.

No row read here says anything of anybody, except in `_NAMES_IN_ZONES`, which the policies limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection

from gwa.registry.rules.ranking import WORD_THRESHOLD, name_likeness, word_likeness
from gwa.registry.rules.spelling import SAME_SOUND, sound_of

_MOST_WORDS = 120
# Nationwide, the commonest names hold far more people than anybody reads; in a few zones people
# may hide under rare names, so nearly all names are tried.
_MOST_NAMES = 500
_MOST_NAMES_IN_ZONES = 20_000
# Communes and below (paths of country, region, cercle, arrondissement, commune) hold few enough
# people to start from them.
_NARROW_DEPTH = 5

_WORDS = """
    SELECT q.place, w.text, w.sound
    FROM unnest(%(words)s::text[], %(sounds)s::text[]) WITH ORDINALITY AS q(word, sound, place)
    CROSS JOIN LATERAL (
        (SELECT text, sound FROM registry_searchword WHERE registry_searchword.sound = q.sound)
        UNION
        (SELECT text, sound FROM registry_searchword
            WHERE length(q.sound) >= 2 AND registry_searchword.sound ^@ q.sound
            ORDER BY people DESC, text LIMIT %(limit)s)
        UNION
        (SELECT text, sound FROM registry_searchword
            WHERE registry_searchword.sound %% q.sound
            ORDER BY similarity(registry_searchword.sound, q.sound) DESC, text LIMIT %(limit)s)
    ) w
"""
_NAMES = """
    SELECT id, people, words FROM registry_searchname WHERE {condition}
    ORDER BY people DESC, id LIMIT %(limit)s
"""
# Materialised: from the people of the zones to their names, never the other way round.
# Materialised: from the people of the zones to their names, never the other way round.
_NAMES_IN_ZONES = """
    WITH here AS MATERIALIZED ({people}),
    borne AS MATERIALIZED (
        SELECT DISTINCT f.name_id FROM here JOIN registry_personname f ON f.person_id = here.id
    )
    SELECT n.id, n.people, n.words FROM borne JOIN registry_searchname n ON n.id = borne.name_id
    WHERE {condition}
"""
# One arm a range, so that the planner sees how narrow each is.
_PEOPLE_OF_RANGE = """
    SELECT id FROM registry_person
    WHERE zone_path >= %(low{place})s AND zone_path < %(high{place})s
"""


@dataclass(frozen=True, slots=True)
class RankedName:
    """A name of the registry and how near it is to what was typed."""

    id: int
    likeness: float


def resembling_words(words: Sequence[str]) -> list[dict[str, float]]:
    """Return, for each word typed, the words of the registry that resemble it, and how much."""
    sounds = [sound_of(word) for word in words]
    likeness: list[dict[str, float]] = [{} for _ in words]
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"words": list(words), "sounds": sounds, "limit": _MOST_WORDS})
        for place, word, sound in cursor.fetchall():
            value = word_likeness(words[place - 1], sounds[place - 1], word, sound)
            if value >= WORD_THRESHOLD:
                likeness[place - 1][word] = value
    return likeness


def has_same_sound(candidates: Mapping[str, float]) -> bool:
    """Tell whether some name of the registry has a word that sounds as the one typed."""
    return max(candidates.values(), default=0.0) >= SAME_SOUND


def names_of_same_sound(
    likeness: Sequence[Mapping[str, float]], ranges: Sequence[tuple[str, str]]
) -> list[RankedName]:
    """Return the names that hold every word typed, by its sound: what most searches mean."""
    same = [
        {word: value for word, value in candidates.items() if value >= SAME_SOUND}
        for candidates in likeness
    ]
    return _ranked(_names(same, ranges), same) if all(same) else []


def names_alike(
    likeness: Sequence[Mapping[str, float]], ranges: Sequence[tuple[str, str]]
) -> list[RankedName]:
    """Return the names that hold words resembling those typed.

    With three words or more, one may be missing: the registry may not know a second given name.
    """
    known = [candidates for candidates in likeness if candidates]
    return _ranked(_names(known, ranges), likeness) if known else []


def _ranked(
    rows: list[tuple[Any, ...]], likeness: Sequence[Mapping[str, float]]
) -> list[RankedName]:
    """Order names by likeness; among equals, the commonest first."""
    ranked = [(-name_likeness(words, likeness), -people, number) for number, people, words in rows]
    return [RankedName(number, -value) for value, _, number in sorted(ranked)]


def _names(
    known: Sequence[Mapping[str, float]], ranges: Sequence[tuple[str, str]]
) -> list[tuple[Any, ...]]:
    condition, values = _holding(known)
    most = _MOST_NAMES_IN_ZONES if all(low for low, _ in ranges) else _MOST_NAMES
    if all(_is_narrow(low) for low, _ in ranges):
        rows = _read(_NAMES.format(condition=condition), {**values, "limit": _MOST_NAMES})
        if len(rows) < _MOST_NAMES:
            return rows
        return _names_in_zones(condition, values, ranges)
    return _read(_NAMES.format(condition=condition), {**values, "limit": most})


def _names_in_zones(
    condition: str, values: dict[str, Any], ranges: Sequence[tuple[str, str]]
) -> list[tuple[Any, ...]]:
    arms = [_PEOPLE_OF_RANGE.format(place=place) for place in range(len(ranges))]
    bounds = {
        f"{name}{place}": path
        for place, (low, high) in enumerate(ranges)
        for name, path in (("low", low), ("high", high))
    }
    sql = _NAMES_IN_ZONES.format(people=" UNION ALL ".join(arms), condition=condition)
    return _read(sql, {**values, **bounds})


def _holding(known: Sequence[Mapping[str, float]]) -> tuple[str, dict[str, Any]]:
    """Return the condition that a name holds the words typed, all or all but one."""
    values: dict[str, Any] = {f"word{place}": list(known[place]) for place in range(len(known))}
    needed = len(known) if len(known) < 3 else len(known) - 1
    groups = [
        " AND ".join(f"words && %(word{place})s::varchar[]" for place in places)
        for places in combinations(range(len(known)), needed)
    ]
    return " OR ".join(f"({group})" for group in groups), values


def _is_narrow(path: str) -> bool:
    return path.count("/") >= _NARROW_DEPTH


def _read(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
