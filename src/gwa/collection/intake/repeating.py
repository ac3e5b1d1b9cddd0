"""A list sent again: what its source said last of a household, to the letter, is not read again.

Each household that came in is kept with a keyed fingerprint of its lines, and with how often it
had been changed by then. Where both are the same, reading and comparing would change nothing.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from gwa.collection.intake.groups import Context, Group, Repeated
from gwa.common.crypto import derived_key
from gwa.common.scope import everywhere
from gwa.registry.models import Household

# A household that nobody has changed since it entered: what a list adds leaves no version.
UNCHANGED = "0.0"
# Counted and named: versions of one household may be committed in another order than they were
# begun, and old ones leave the table. Arrays, not joins: see registry.actions.bulk.registering.
_LAST = """
WITH last AS (
    SELECT DISTINCT ON (key_index) id, said, household_id, state
    FROM collection_importedhousehold
    WHERE data_source_id = %(source)s AND {which} ORDER BY key_index, id DESC
), changed AS (
    SELECT household_id, count(*) || '.' || max(id) AS state FROM registry_version
    WHERE household_id = ANY(ARRAY(SELECT household_id FROM last)) GROUP BY household_id
)
SELECT last.said, last.id, household_id FROM last LEFT JOIN changed USING (household_id)
WHERE said <> '' AND last.state = coalesce(changed.state, %(unchanged)s)
"""
_OF_KEYS = """key_index = ANY(
    ARRAY(SELECT decode(index, 'hex') FROM unnest(string_to_array(%(keys)s, ',')) AS index)
)"""
_STATES = """
SELECT household_id, count(*) || '.' || max(id) FROM registry_version
WHERE household_id = ANY(%s) GROUP BY household_id
"""
_SAY_AGAIN = """
INSERT INTO collection_importedhousehold (id, zone_path, of_import_id, data_source_id,
    household_id, key_index, members, outcome, line, to_search, said, state)
SELECT row.id, %s, %s, data_source_id, household_id, key_index, members, %s, row.line, false,
    said, state
FROM json_to_recordset(%s::json) AS row(id uuid, before uuid, line int)
JOIN collection_importedhousehold last ON last.id = row.before
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Where it is kept that a household came in, and which it was."""

    row: UUID
    household: UUID


def find_said(data_source_id: int, keys: Sequence[bytes] | None = None) -> dict[bytes, Said]:
    """What a source said last of households that are still as they were then, by fingerprint.

    Of those under these keys, or of all. Looks everywhere: who asks sees to the zones.
    """
    facts: dict[str, int | str] = {"source": data_source_id, "unchanged": UNCHANGED}
    which = "true"
    if keys is not None:
        which, facts["keys"] = _OF_KEYS, ",".join(key.hex() for key in keys)
    with everywhere(), connection.cursor() as cursor:
        cursor.execute(_LAST.format(which=which), facts)
        return {bytes(said): Said(row, household) for said, row, household in cursor.fetchall()}


def states_of(households: Iterable[UUID]) -> dict[UUID, str]:
    """How often each was changed, and by which version last; ask before what is compared is read.

    Those that nobody changed are left out.
    """
    wanted = list(households)
    if not wanted:
        return {}
    with everywhere(), connection.cursor() as cursor:
        cursor.execute(_STATES, [wanted])
        return dict(cursor.fetchall())


def still_said(repeated: Sequence[Repeated], data_source_id: int) -> dict[bytes, Said]:
    """What of it holds now, for households that the present scope sees, by fingerprint."""
    if not repeated:
        return {}
    found = find_said(data_source_id, [one.key_index for one in repeated])
    wanted = [one.household for one in found.values()]
    seen = set(Household.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return {said: one for said, one in found.items() if one.household in seen}


def keep_again(rows: Sequence[tuple[UUID, Said, int]], *, outcome: str, context: Context) -> None:
    """Keep of each household, under an id of its own, that it came on this line too."""
    if not rows:
        return
    told = [{"id": key.hex, "before": said.row.hex, "line": line} for key, said, line in rows]
    with everywhere(), connection.cursor() as cursor:
        cursor.execute(
            _SAY_AGAIN, [context.zone_path, context.import_id, outcome, json.dumps(told)]
        )


class Fingerprints:
    """Makes the fingerprints of one import: lines, and everything that gives them their meaning."""

    def __init__(self, context: Context) -> None:
        places, terms = context.gazetteer, context.terms
        meaning = (
            context.data_source_id,
            context.mapping.as_json(),
            sorted((sheet, tuple(titles)) for sheet, titles in context.titles.items()),
            terms.collected_on,
            terms.dictionary_version_id,
            sorted(places.by_code.items()),
            sorted(places.by_name.items()),
            sorted(places.former),
        )
        self._begun = blake2b(key=derived_key("import_said"), digest_size=16)
        self._begun.update(repr(meaning).encode())

    def of(self, group: Group) -> bytes:
        """The fingerprint of what the lines of a group say; not of where they stand."""
        said = (
            group.key,
            len(group.keyless),
            [cells for _, cells in group.households],
            [cells for _, cells in group.persons],
        )
        made = self._begun.copy()
        made.update(repr(said).encode())
        return made.digest()
