"""Where a zone went in the next geography, and where it came from."""

from dataclasses import dataclass
from decimal import Decimal

from gwa.zones.models import Crosswalk, Zone
from gwa.zones.rules.crosswalk import Crossing, Part, Passage, cross


@dataclass(frozen=True, slots=True)
class CrosswalkStep:
    """One zone of the other geography, with the share of the old zone's people who are there."""

    zone: Zone
    share: Decimal
    source: str

    @property
    def percent(self) -> Decimal:
        return self.share * 100


@dataclass(frozen=True, slots=True)
class CrosswalkPage:
    """What a zone's page tells of the other geographies."""

    passage: Passage
    successors: list[CrosswalkStep]
    predecessors: list[CrosswalkStep]

    @property
    def is_told(self) -> bool:
        return bool(self.successors or self.predecessors)


def crossing_of(zone: Zone) -> Crossing:
    """Where the people of an old zone are now: exact, ambiguous with shares, or unknown."""
    rows = Crosswalk.objects.filter(old=zone).values_list("new_id", "share")
    return cross(Part(pk, share) for pk, share in rows)


def crosswalk_page(zone: Zone) -> CrosswalkPage:
    """Both directions at once, the largest shares first."""
    after = Crosswalk.objects.filter(old=zone).select_related("new", "new__parent")
    before = Crosswalk.objects.filter(new=zone).select_related("old", "old__parent")
    successors = [CrosswalkStep(row.new, row.share, row.source) for row in after]
    return CrosswalkPage(
        passage=cross(Part(step.zone.pk, step.share) for step in successors).passage,
        successors=sorted(successors, key=_largest_first),
        predecessors=sorted(
            (CrosswalkStep(row.old, row.share, row.source) for row in before), key=_largest_first
        ),
    )


def _largest_first(step: CrosswalkStep) -> tuple[Decimal, str]:
    return -step.share, step.zone.name_key
