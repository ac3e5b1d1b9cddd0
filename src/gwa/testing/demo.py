"""What the demonstration holds at its first start."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Source
from gwa.variables.actions import load_dictionary, publish_version
from gwa.variables.management.commands.load_dictionary import FIRST
from gwa.variables.models import DictionaryVersion
from gwa.zones.models import Level


def load_demonstration(*, households: int, seed: int, say: Callable[[str], None]) -> None:
    """Load what is missing: the dictionary and the country in one go, accounts, interviews."""
    if not is_loaded():
        # Only here: what draws a country is heavy to import, and each start of the demonstration
        # passes by.
        from gwa.testing.loading.country import load_country

        with transaction.atomic():
            say("dictionnaire des variables")
            load_first_dictionary()
            load_country(households=households, seed=seed, actor=SYSTEM, say=say)
    say("comptes")
    commune = busiest_commune()
    call_command("demo_accounts", **({"commune": commune} if commune else {}))
    if not FormVersion.objects.exists():
        from gwa.testing.loading.interviews import load_interviews

        load_interviews(seed=seed, say=say)


def is_loaded() -> bool:
    """Tell whether a synthetic country is there."""
    return Source.objects.filter(kind=Source.Kind.SYNTHETIC).exists()


def load_first_dictionary() -> DictionaryVersion:
    """Load and publish the dictionary of the questionnaire, unless it is there."""
    version = load_dictionary(folder=FIRST, actor=SYSTEM)
    if version.is_draft:
        version = publish_version(version=version, actor=SYSTEM, at=timezone.now())
    return version


def busiest_commune() -> str | None:
    """The code of the commune of a cercle where most households are: the place to look around."""
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT commune.code
            FROM zones_zone settlement
            JOIN zones_zone commune ON commune.id = settlement.parent_id
            JOIN zones_zone above ON above.id = commune.parent_id AND above.level > %s
            JOIN (SELECT zone_id, count(*) AS households FROM registry_household GROUP BY zone_id) h
                ON h.zone_id = settlement.id
            GROUP BY commune.id ORDER BY sum(h.households) DESC, commune.code LIMIT 1
            """,
            [Level.REGION],
        )
        row = cursor.fetchone()
    return row[0] if row else None
