"""What an import would do, before it does it."""

from collections.abc import Sequence

from gwa.zones.boundaries.assembly import assemble
from gwa.zones.boundaries.records import Reading
from gwa.zones.errors import ParentGone, TooManyGone, ZonesMoved
from gwa.zones.models import Geography, Level, Zone
from gwa.zones.rules.differences import Differences, compare
from gwa.zones.rules.facts import ZoneFacts
from gwa.zones.rules.orders import Country, ImportOrder

# More than this share of a level gone at once looks like a file cut short.
SUSPECT_SHARE = 0.1
_EXAMPLES = 5


def known_zones(geography: Geography) -> dict[str, ZoneFacts]:
    """Every zone of a geography by code, closed ones too."""
    rows = Zone.objects.filter(geography=geography).values_list(
        "code", "name", "level", "parent__code", "lon", "lat", "population",
        "shape__geometry", "valid_to",
    )  # fmt: skip
    return {row[0]: ZoneFacts(*row[:8], is_open=row[8] is None) for row in rows}


def plan_import(
    readings: Sequence[Reading], order: ImportOrder, geography: Geography | None
) -> Differences:
    """Compare the files with the registry. Raises what the person must decide or mend first."""
    known = known_zones(geography) if geography is not None else {}
    stated = assemble(
        readings, known=known, country=order.country or _known_country(), depths=order.depths
    )
    differences = compare(known, stated)
    if differences.moved:
        raise ZonesMoved(count=len(differences.moved), examples=_examples(differences.moved))
    _check_gone(known, differences, order)
    return differences


def _known_country() -> Country | None:
    """The country as another geography names it."""
    row = Zone.objects.filter(level=Level.COUNTRY).values_list("code", "name").first()
    return Country(*row) if row else None


def _check_gone(known: dict[str, ZoneFacts], differences: Differences, order: ImportOrder) -> None:
    gone = {zone.code for zone in differences.gone}
    for level in sorted({zone.level for zone in differences.gone}):
        total = sum(zone.level == level and zone.is_open for zone in known.values())
        missing = [zone for zone in differences.gone if zone.level == level]
        if not order.accepts_gone and len(missing) > max(1, total * SUSPECT_SHARE):
            raise TooManyGone(count=len(missing), total=total, examples=_examples(missing))
    for parent in differences.gone:
        held = [
            zone
            for zone in known.values()
            if zone.is_open and zone.parent_code == parent.code and zone.code not in gone
        ]
        if held:
            raise ParentGone(name=parent.name, zone_code=parent.code, examples=_examples(held))


def _examples(zones: Sequence[ZoneFacts]) -> str:
    names = [f"{zone.name} {zone.code}" for zone in zones[:_EXAMPLES]]
    return ", ".join(names) + (", …" if len(zones) > _EXAMPLES else "")
