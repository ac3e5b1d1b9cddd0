"""One verb: load the synthetic country."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.models import Household, Source
from gwa.registry.search_index import rebuild_search
from gwa.registry.upkeep import refresh_figures
from gwa.snapshots.changes import mark_country
from gwa.testing.country.lives import LAST_DAY
from gwa.testing.country.places import draw_places
from gwa.testing.country.plan import Plan, plan_registry
from gwa.testing.country.tables import Ground
from gwa.testing.loading.bare import owns, put_aside, unforced
from gwa.testing.loading.drawing import draw_parts
from gwa.testing.loading.ways import Stage, Straight, Way
from gwa.testing.loading.zones import find_ground, load_zones
from gwa.variables.queries import current_version

TABLES = (
    "registry_compound",
    "registry_household",
    "registry_householdorigin",
    "registry_person",
    "registry_membership",
    "registry_identifier",
)
_FILLED = (*TABLES, "registry_personname")
# What the checks and the joins of a load go by; the rest is left to autovacuum.
_KNOW = """
ANALYZE registry_household (id, status),
    registry_person (id, given_name, family_name, everyday_name, status),
    registry_membership (person_id, household_id, ended_on, is_head, is_principal)
"""
# From here on it pays to build the indexes after the rows, if the connection may.
_MANY_HOUSEHOLDS = 50_000

Say = Callable[[str], None]


class RegistryNotEmpty(DomainError):
    """People are there already; the synthetic ones are never mixed with them."""

    code = "testing.registry_not_empty"
    message = _(
        "Le registre contient déjà des ménages : le pays synthétique se charge dans un registre "
        "vide. Indiquez un autre dossier de données par GWA_STATE_DIR, ou une autre base par "
        "DATABASE_URL."
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load has put in."""

    households: int
    persons: int


@action
def load_country(
    *,
    households: int,
    seed: int,
    actor: Actor,
    truth: Path | None = None,
    say: Say = lambda _: None,
) -> Loaded:
    """Load the zones, then the people of so many households drawn from the seed.

    The hidden truth is written as Parquet in the folder `truth`. Raises `RegistryNotEmpty`.
    """
    with everywhere():
        if Household.objects.exists():
            raise RegistryNotEmpty
        say("zones")
        places = draw_places()
        ground = find_ground(places) or load_zones(places)
        plan = plan_registry(places, households=households, seed=seed)
        _allow_bulk()
        is_bare = households >= _MANY_HOUSEHOLDS and owns("registry_household")
        with unforced(_FILLED if is_bare else ()):
            if is_bare:
                with put_aside(_FILLED):
                    loaded = _load_people(plan, ground, truth, say, Straight)
                    mark_country()
                    _make_searchable(say)
                    say("index et clés")
            else:
                loaded = _load_people(plan, ground, truth, say, Stage)
                _make_searchable(say)
            _check_households()
            say("chiffres des zones")
            refresh_figures()
        record(
            "testing.country_loaded",
            actor=actor,
            data={"households": loaded.households, "persons": loaded.persons, "seed": seed},
        )
    return loaded


def _load_people(
    plan: Plan, ground: Ground, truth: Path | None, say: Say, way: type[Way]
) -> Loaded:
    ways: dict[str, Way] = {}
    same = _same_for_all(plan)
    households = persons = 0
    if truth is not None:
        truth.mkdir(parents=True, exist_ok=True)
    for part in draw_parts(plan, ground, truth):
        for table, (columns, rows) in part.tables.items():
            if table not in ways:
                ways[table] = way(table, columns, same[table])
            ways[table].pour(rows)
        households += part.households
        persons += part.persons
        say(f"{households:,} / {plan.households:,} ménages".replace(",", "\u202f"))
    for used in ways.values():
        used.close()
    return Loaded(households, persons)


def _make_searchable(say: Say) -> None:
    """Fill the search tables; the planner needs to know first that rows are many now."""
    say("recherche")
    if owns("registry_person"):
        with connection.cursor() as cursor:
            cursor.execute(_KNOW)
    rebuild_search()


def _same_for_all(plan: Plan) -> dict[str, dict[str, object]]:
    """The columns whose value is the same in every row of the load."""
    source = Source.objects.create(
        kind=Source.Kind.SYNTHETIC,
        label=f"Pays de démonstration, graine {plan.seed}",
        collected_on=LAST_DAY.astype(dt.date),
        recorded_at=timezone.now(),
    )
    version = current_version().pk
    return {
        "registry_compound": {"name": ""},
        "registry_household": {
            "source_id": source.pk,
            "dictionary_version_id": version,
        },
        "registry_householdorigin": {},
        "registry_person": {"source_id": source.pk, "dictionary_version_id": version},
        "registry_membership": {"source_id": source.pk},
        "registry_identifier": {
            "issuer": "",
            "is_claim": False,
            "verified_by": "",
            "source_id": source.pk,
        },
    }


def _allow_bulk() -> None:
    """Rows that are added leave no version: the load is one journal line, their source says it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gwa.bulk', 'on', true)")


def _check_households() -> None:
    """Check at once what the actions check one household at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_check_all()")
