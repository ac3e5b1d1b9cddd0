"""Keeps the search tables true: after each action on a person, and all at once after a bulk load.

Folding is written once, in Python (`rules.spelling`); only distinct names cross to it, people never
leave the database. Both functions run inside the caller's transaction and scope.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from gwa.registry.rules.spelling import distinct_words, searchable_names, sound_of

_RAW_NAMES = """
    SELECT DISTINCT given_name, family_name, everyday_name FROM registry_person
    WHERE status <> 'merged'
"""
_STAGE = """
    CREATE TEMPORARY TABLE search_stage (
        given text COLLATE "C", family text COLLATE "C", everyday text COLLATE "C",
        name text COLLATE "C"
    ) ON COMMIT DROP
"""
_FIND_PEOPLE = """
    INSERT INTO registry_personname (person_id, name_id, zone_path)
    SELECT DISTINCT p.id, n.id, p.zone_path
    FROM registry_person p
    JOIN search_stage s
        ON s.given = p.given_name AND s.family = p.family_name AND s.everyday = p.everyday_name
    JOIN registry_searchname n ON n.text = s.name
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
        _add_names(cursor, {name for names in names_by_person.values() for name in names})
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
        staged = [(*row, name) for row in cursor.fetchall() for name in searchable_names(*row)]
        cursor.execute(_STAGE)
        _copy(cursor, "search_stage (given, family, everyday, name)", staged)
        cursor.execute("ANALYZE search_stage")
        names = {row[3] for row in staged}
        _add_names(cursor, names)
        cursor.execute(_FIND_PEOPLE)
    return len(names)


def _add_names(cursor: CursorWrapper, names: set[str]) -> None:
    """Add the names and words that are not known yet."""
    words = sorted(distinct_words(names))
    cursor.execute(
        "INSERT INTO registry_searchword (text, sound)"
        " SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT DO NOTHING",
        [words, [sound_of(word) for word in words]],
    )
    cursor.execute(
        "INSERT INTO registry_searchname (text, words)"
        " SELECT name, string_to_array(name, ' ') FROM unnest(%s::text[]) AS name"
        " ON CONFLICT DO NOTHING",
        [sorted(names)],
    )


def _copy(cursor: CursorWrapper, target: str, rows: Sequence[Sequence[str]]) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
