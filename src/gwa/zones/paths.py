"""Identifiers given before rows are written, because a zone's path holds its own."""

from django.db import connection


def reserve_ids(count: int) -> list[int]:
    """Take the next identifiers of zones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('zones_zone', 'id')) "
            "FROM generate_series(1, %s)",
            [count],
        )
        return [int(row[0]) for row in cursor.fetchall()]
