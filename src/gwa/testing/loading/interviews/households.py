"""Whom the enumerator of the demonstration meets: new households, and some that the list knows."""

import datetime as dt
from collections.abc import Sequence
from itertools import islice

import numpy as np

from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.registry.models import Household, Membership
from gwa.testing.country.people import draw_part
from gwa.testing.country.plan import Plan, Settlements
from gwa.testing.country.tables import Ground, make_tables
from gwa.testing.country.telling import read_households, tell, write_answer
from gwa.zones.models import SETTLEMENTS, Level, Zone, in_subtree

# Some are dissolved in their turn: enough are left.
_SPARE = 12
# Mopti: one of the regions that people flee.
_FLED = "05"


def draw_newcomers(villages: Sequence[Zone], *, count: int, seed: int, on: dt.date) -> list[Scene]:
    """Draw households of these villages that nobody registered, as they answer on a day."""
    total = count + _SPARE
    ground = [*villages, _fled()]
    plan = Plan(
        households=total,
        seed=seed,
        settlements=_columns(ground),
        of_household=np.arange(total) * len(villages) // total,
    )
    zones = Ground(np.array([zone.pk for zone in ground]), tuple(zone.path for zone in ground))
    homes = islice(read_households(make_tables(plan, draw_part(plan, 0), zones)), count)
    by_id = {zone.pk: zone for zone in ground}
    return [tell(home, places_of(by_id[home.zone_id]), on) for home in homes]


def _fled() -> Zone:
    """Return a place that displaced households come from: the drawing needs one."""
    region = Zone.objects.current().get(level=Level.REGION, code=_FLED)
    inside = Zone.objects.current().filter(in_subtree(region.path), level__in=SETTLEMENTS)
    return inside.order_by("code")[0]


def _columns(villages: Sequence[Zone]) -> Settlements:
    level = np.array([zone.level for zone in villages])
    return Settlements(
        zone=np.array([zone.pk for zone in villages]),
        region=np.array([int(places_of(zone)["region"]) for zone in villages]),
        is_town=level == Level.QUARTIER,
        is_fraction=level == Level.FRACTION,
        lon=np.array([zone.lon or 0.0 for zone in villages]),
        lat=np.array([zone.lat or 0.0 for zone in villages]),
        people=np.array([float(zone.population or 1) for zone in villages]),
    )


def places_of(village: Zone) -> dict[str, str]:
    """Return the answers to the questions on the place."""
    names = {Level.REGION: "region", Level.CERCLE: "cercle", Level.COMMUNE: "commune"}
    above = Zone.objects.filter(pk__in=village.ancestor_ids)
    told = {names[Level(zone.level)]: zone.code for zone in above if zone.level in names}
    return {**told, "village": village.code}


def tell_known(household: Household, **changed: str) -> Scene:
    """Let a household of the telephone's list answer as the registry knows it, but what changed."""
    members = Membership.objects.current().filter(household=household).select_related("person")
    rows = list(members.order_by("-is_head", "started_on", "id"))
    said = {name: write_answer(value) for name, value in household.answers.items()}
    told: dict[str, object] = {
        **said,
        **places_of(household.zone),
        "known_how": "list",
        "known_household": str(household.pk),
        "consent_registration": "yes",
        "respondent_relationship": "other",
        "recipient_relationship": "trusted_person",
        "address": household.address,
        **changed,
    }
    lines = [
        {
            **{name: write_answer(value) for name, value in row.person.answers.items()},
            "presence_asked": "away" if row.is_absent else "ate",
            "to_correct": "none",
            "mother_in_household": "no",
        }
        for row in rows
    ]
    lines[-1]["next_person"] = "nobody"
    return Scene(told, {"listing": lines, "members": lines})


def registered_in(commune: Zone, *, count: int) -> list[Household]:
    """Return households of a commune, the same each time, where somebody is counted."""
    inside = Household.objects.filter(
        zone_path__startswith=commune.path, status=Household.Status.ACTIVE
    )
    return list(inside.select_related("zone").order_by("registry_number")[:count])


def refuse(scene: Scene) -> Scene:
    """Let a household refuse to be registered."""
    return Scene({**scene.answers, "consent_registration": "no"}, {})
