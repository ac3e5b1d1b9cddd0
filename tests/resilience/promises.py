"""What must hold whatever was killed, and whenever."""

import psycopg

# Each query names what is broken, and must find nothing.
PROMISES = {
    "a household without exactly one head": """
        SELECT h.id FROM registry_household h
        LEFT JOIN registry_membership m ON m.household_id = h.id AND m.is_head
        GROUP BY h.id HAVING count(m.id) <> 1""",
    "a person without a membership": """
        SELECT p.id FROM registry_person p WHERE NOT EXISTS (
            SELECT FROM registry_membership m WHERE m.person_id = p.id)""",
    "a person whom the search does not know": """
        SELECT p.id FROM registry_person p WHERE NOT EXISTS (
            SELECT FROM registry_personname n WHERE n.person_id = p.id)""",
    "a change of rows without its journal line": """
        SELECT v.change_id FROM registry_version v WHERE NOT EXISTS (
            SELECT FROM journal_entry j WHERE j.change_id = v.change_id)""",
    "a journal line without the rows it tells of": """
        SELECT j.id, j.action FROM journal_entry j
        WHERE j.action LIKE 'registry.%' AND j.action NOT LIKE '%\\_read' AND NOT EXISTS (
            SELECT FROM registry_version v WHERE v.change_id = j.change_id)""",
    "a correction half made": """
        SELECT j.id FROM journal_entry j
        WHERE j.action = 'registry.member_added' AND (
            SELECT count(*) FROM registry_version v WHERE v.change_id = j.change_id
            AND v.operation = 'I' AND v.table_name IN ('registry_person', 'registry_membership')
        ) <> 2""",
}


def check_promises(connection: psycopg.Connection) -> None:
    """Fail, naming the first promise that is broken."""
    connection.execute("SELECT registry_check_all()")
    for broken, query in PROMISES.items():
        assert connection.execute(query).fetchall() == [], broken
