"""Keeps the search tables true: after each action on a person, and all at once after a bulk load.

Folding is written once, in Python (`rules.spelling`); only distinct names cross to it, people never
leave the database. Both functions run inside the caller's transaction and scope.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from gwa.registry.rules.spelling import searchable_names, sound_of

_RAW_NAMES = """
    SELECT given_name, family_name, everyday_name, count(*) FROM registry_person
    WHERE status <> 'merged' GROUP BY 1, 2, 3
"""
_STAGE = """
    CREATE TEMPORARY TABLE search_stage (
        given text COLLATE "C", family text COLLATE "C", everyday text COLLATE "C",
        name text COLLATE "C"
    ) ON COMMIT DROP
"""
_NUMBER_NAMES = """
    CREATE TEMPORARY TABLE search_found ON COMMIT DROP AS
    SELECT s.given, s.family, s.everyday, n.id AS name_id
    FROM search_stage s JOIN registry_searchname n ON n.text = s.name
"""
_FIND_PEOPLE = """
    INSERT INTO registry_personname (person_id, name_id, zone_path)
    SELECT p.id, s.name_id, p.zone_path
    FROM registry_person p
    JOIN search_found s
        ON s.given = p.given_name AND s.family = p.family_name AND s.everyday = p.everyday_name
    WHERE p.status <> 'merged'
"""


def index_names(persons: Iterable[UUID]) -> None:
    """Make these persons found under their present names, in their present zones, and no other.

    Called at the end of every action that adds, renames, moves, merges or removes a person.
    """
    ids = list(persons)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_personname WHERE person_id = ANY(%s)", [ids])
        cursor.execute(
            "SELECT id, given_name, family_name, everyday_name FROM registry_person"
            " WHERE id = ANY(%s) AND status <> 'merged'",
            [ids],
        )
        names_by_person = {row[0]: searchable_names(*row[1:]) for row in cursor.fetchall()}
        add_names(cursor, Counter(name for names in names_by_person.values() for name in names))
        pairs = [(person, name) for person, names in names_by_person.items() for name in names]
        cursor.execute(
            "INSERT INTO registry_personname (person_id, name_id, zone_path)"
            " SELECT p.id, n.id, p.zone_path"
            " FROM unnest(%s::uuid[], %s::text[]) AS pair(person_id, name)"
            " JOIN registry_person p ON p.id = pair.person_id"
            " JOIN registry_searchname n ON n.text = pair.name"
            " ON CONFLICT DO NOTHING",
            [[person for person, _ in pairs], [name for _, name in pairs]],
        )


def rebuild_search() -> int:
    """Make the search tables again from everybody in scope; return the number of distinct names.

    Set-based: the way of bulk loads, and of an upgrade that changes the folding. The caller sees
    everywhere and holds one transaction.
    """
    with connection.cursor() as cursor:
        for table in ("registry_personname", "registry_searchname", "registry_searchword"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (names written above)
        cursor.execute(_RAW_NAMES)
        staged, people = [], Counter[str]()
        for given, family, everyday, count in cursor.fetchall():
            for name in searchable_names(given, family, everyday):
                staged.append((given, family, everyday, name))
                people[name] += count
        cursor.execute(_STAGE)
        _copy(cursor, "search_stage (given, family, everyday, name)", staged)
        add_names(cursor, people)
        cursor.execute(_NUMBER_NAMES)
        cursor.execute("ANALYZE search_found")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_FIND_PEOPLE)
    return len(people)


def add_names(cursor: CursorWrapper, people: Counter[str]) -> None:
    """Add the names, and their words, that are not known yet, with how many people bear them."""
    names = sorted(people)
    bearers = Counter[str]()
    for name in names:
        for word in set(name.split()):
            bearers[word] += people[name]
    words = sorted(bearers)
    cursor.execute(
        "INSERT INTO registry_searchword (text, sound, people)"
        " SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]) ON CONFLICT DO NOTHING",
        [words, [sound_of(word) for word in words], [bearers[word] for word in words]],
    )
    cursor.execute(
        "INSERT INTO registry_searchname (text, words, people)"
        " SELECT name, string_to_array(name, ' '), people"
        " FROM unnest(%s::text[], %s::int[]) AS new(name, people)"
        " WHERE NOT EXISTS (SELECT FROM registry_searchname WHERE text = name)"
        " ON CONFLICT DO NOTHING",
        [names, [people[name] for name in names]],
    )


def _copy(cursor: CursorWrapper, target: str, rows: Sequence[Sequence[str]]) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
