"""Up and down the tree."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from gwa.common.access import Person
from gwa.zones.models import Geography, Zone


@dataclass(slots=True)
class Branch:
    """A zone as the tree shows it, with its branches where it is open."""

    zone: Zone
    has_children: bool
    children: list["Branch"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return bool(self.children)


def ancestors_of(zone: Zone) -> list[Zone]:
    """The zones above, from the country down."""
    found = Zone.objects.in_bulk(zone.ancestor_ids)
    return [found[pk] for pk in zone.ancestor_ids]


def children_of(zone: Zone, person: Person) -> QuerySet[Zone]:
    """The zones right below that the person may open, closed ones too."""
    return Zone.objects.visible_to(person).filter(parent=zone)


def branches_of(zone: Zone, person: Person) -> list[Branch]:
    """The open zones right below, by name, each telling whether it can be opened."""
    return _branches(children_of(zone, person))


def _branches(zones: QuerySet[Zone]) -> list[Branch]:
    below = Zone.objects.filter(parent=OuterRef("pk"), valid_to__isnull=True)
    found = zones.filter(valid_to__isnull=True).order_by("name_key", "pk")
    return [
        Branch(zone, has_children=zone.has_children)
        for zone in found.annotate(has_children=Exists(below))
    ]


def tree_of(geography: Geography, person: Person, opened: Zone | None = None) -> list[Branch]:
    """The tree from the country, opened down to a zone, else to its first level."""
    roots = _branches(Zone.objects.visible_to(person).filter(geography=geography, parent=None))
    path = [] if opened is None else [*opened.ancestor_ids, opened.pk]
    level = roots
    for _ in range(max(len(path), 1)):
        branch = next((b for b in level if b.zone.pk in path or not path), None)
        if branch is None:
            break
        level = branch.children = branches_of(branch.zone, person)
    return roots


def entry_zone(geography: Geography, person: Person) -> Zone | None:
    """Where a person's own part of the tree starts: their zone, or the country."""
    own = Zone.objects.filter(geography=geography, path__in=person.scope_paths())
    roots = Zone.objects.filter(geography=geography, parent=None)
    return own.order_by("path").first() or roots.visible_to(person).first()


def geographies() -> list[Geography]:
    """Every geography, the one in force first."""
    return list(Geography.objects.order_by("-valid_from"))


def current_geography() -> Geography | None:
    """The geography in force."""
    return Geography.objects.filter(valid_to__isnull=True).first()
