"""The first screen: what the registry holds in one's zones, what happened, what waits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from gwa.common.access import Person as Reader
from gwa.common.people import name_of_process, names_by_account
from gwa.common.scope import EVERYWHERE
from gwa.journal.events import name_of
from gwa.journal.models import Entry
from gwa.registry.events import EVENTS
from gwa.registry.models import FiguresRun, Identifier, ZoneFigure
from gwa.zones.models import Level, Zone

# Readings are no activity of the registry.
_READINGS = ("_read", "_shown", "_printed", ".searched")
CHANGES = tuple(code for code in EVENTS if not code.endswith(_READINGS))
_RECENT = dt.timedelta(days=30)
_MOST_LINES = 8
SHOWN = {
    "households": _("Ménages"),
    "persons": _("Personnes"),
    "updated_12_months": _("Visités depuis un an"),
    "female_headed": _("Ménages dirigés par une femme"),
    "displaced": _("Ménages déplacés"),
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One change made lately."""

    at: dt.datetime
    title: str
    actor: str
    household_id: UUID | None
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Home:
    """What the first screen shows to one reader."""

    zones: Sequence[Zone]
    is_national: bool
    figures: Mapping[str, int]
    computed_at: dt.datetime | None
    activity: Sequence[Activity]
    claims: int

    @property
    def fresh_share(self) -> int | None:
        """How many households in a hundred were visited within a year."""
        households = self.figures.get("households", 0)
        if not households:
            return None
        return round(100 * self.figures.get("updated_12_months", 0) / households)


def read_home(reader: Reader, now: dt.datetime) -> Home:
    """Gather the first screen. Counts come from the figures kept for the reader's own zones."""
    paths = reader.scope_paths()
    is_national = EVERYWHERE in paths
    zones = list(
        Zone.objects.current().filter(level=Level.COUNTRY)
        if is_national
        else Zone.objects.filter(path__in=_outermost(paths))
    )
    counted = ZoneFigure.objects.filter(zone__in=zones).values_list("measure")
    return Home(
        zones=zones,
        is_national=is_national,
        figures=dict(counted.annotate(total=Sum("value")).order_by("measure")),
        computed_at=FiguresRun.objects.values_list("computed_at", flat=True).first(),
        activity=_activity(now),
        claims=count_claims() if reader.has_right("registry.set_identifier") else 0,
    )


def _outermost(paths: Sequence[str]) -> list[str]:
    """Leave out the zones that lie in another of the reader's zones: nobody is counted twice."""
    return [
        path
        for path in paths
        if not any(path != other and path.startswith(other) for other in paths)
    ]


def _activity(now: dt.datetime) -> list[Activity]:
    lately = Entry.objects.filter(at__gte=now - _RECENT, action__in=CHANGES).order_by("-at")
    entries = list(lately[:_MOST_LINES])
    people = names_by_account(entry.actor_id for entry in entries)
    return [
        Activity(
            at=entry.at,
            title=name_of(entry.action),
            actor=people.get(entry.actor_id) or name_of_process(entry.actor_label),
            household_id=_subject(entry, "registry.household"),
            person_id=_subject(entry, "registry.person"),
        )
        for entry in entries
    ]


def _subject(entry: Entry, kind: str) -> UUID | None:
    return UUID(entry.subject_id) if entry.subject_kind == kind else None


def count_claims() -> int:
    """Count the numbers that two persons claim, in the present zones."""
    return Identifier.objects.filter(is_claim=True, ended_on__isnull=True).count()
