"""Everything the registry holds, as one value that tests compare."""

import json
from typing import Any

from django.db import connection

# Sources are words that were heard: undoing what was written from them does not unsay them.
_TABLES = {
    "registry_compound": "to_jsonb(t)",
    "registry_household": "to_jsonb(t)",
    "registry_householdorigin": "to_jsonb(t)",
    "registry_person": "to_jsonb(t)",
    "registry_membership": "to_jsonb(t)",
    "registry_identifier": "to_jsonb(t)",
    "registry_document": "to_jsonb(t)",
    "registry_statement": "to_jsonb(t)",
    "registry_personname": "jsonb_build_array(t.person_id, t.zone_path,"
    " (SELECT text FROM registry_searchname n WHERE n.id = t.name_id))",
}


def dump_registry() -> dict[str, list[Any]]:
    """Return each table's rows in scope, in an order of their own."""
    dump = {}
    with connection.cursor() as cursor:
        for table, row in _TABLES.items():
            cursor.execute(f"SELECT ({row})::text FROM {table} t ORDER BY 1")  # noqa: S608 (above)
            dump[table] = [json.loads(text) for (text,) in cursor.fetchall()]
    return dump


def check_registry() -> None:
    """Let the database judge the whole set: heads, closed households, and every deferred check."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_check_all()")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
