"""Is the installation given the data keys that its database was sealed with?

After a restore elsewhere, or a lost key, it might not be: what is sealed would not open, and what
is written would be sealed and indexed under a stranger. So a server asks before it starts.
"""

from django.db import connection
from django.utils import timezone

from gwa.common.crypto import key_fingerprints
from gwa.common.models import DataKey


def find_missing_keys() -> list[str]:
    """Return a sentence for each key of this database that is not the one given."""
    if DataKey._meta.db_table not in connection.introspection.table_names():
        return []  # an empty database, before its first tables
    given = key_fingerprints()
    sentences = []
    for key in DataKey.objects.all():
        if key.number not in given:
            sentences.append(
                f"La clé de données n° {key.number} de cette base manque dans GWA_DATA_KEYS."
            )
        elif given[key.number] != bytes(key.fingerprint):
            sentences.append(
                f"La clé de données n° {key.number} donnée n’est pas celle de cette base."
            )
    return sentences


def remember_keys() -> None:
    """Keep what recognises the keys that are given for the first time."""
    DataKey.objects.bulk_create(
        (
            DataKey(number=number, fingerprint=fingerprint, first_seen_at=timezone.now())
            for number, fingerprint in key_fingerprints().items()
        ),
        ignore_conflicts=True,
    )
