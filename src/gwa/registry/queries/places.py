"""Places by name, and the names of the places that rows lie in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from gwa.zones.models import SETTLEMENTS, Level, Zone, end_of_subtree

_MOST_PLACES = 6
_MOST_NAMESAKES = 40
_RESEMBLES = 0.5

_CALLED = """
    SELECT z.id, z.path, z.name, z.level
    FROM zones_zone z
    JOIN zones_geography g ON g.id = z.geography_id AND g.valid_to IS NULL
    WHERE z.valid_to IS NULL AND {resembles} AND EXISTS (
        SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS r(low, high)
        WHERE z.path >= r.low AND z.path < r.high
    )
    ORDER BY (z.name_key = %(name)s) DESC, similarity(z.name_key, %(name)s) DESC, z.level, z.path
    LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone in a line of text: its name, its level, and what it lies in."""

    id: int
    path: str
    name: str
    level: int
    lies_in: str = ""

    @property
    def end(self) -> str:
        """The first path after it."""
        return end_of_subtree(self.path)

    @property
    def full_name(self) -> str:
        """Its name, its level and what it lies in: Sévaré (quartier), Socoura, Mopti."""
        own = f"{self.name} ({self.level_name})"
        return f"{own}, {self.lies_in}" if self.lies_in else own

    @property
    def level_name(self) -> str:
        """The word for its level."""
        return str(Level(self.level).label)


def places_called(
    name: str, ranges: Sequence[tuple[str, str]], *, exactly: bool = False
) -> list[Place]:
    """Return the places of that folded name; failing any, those whose name resembles it."""
    rows = _called(name, ranges, "z.name_key = %(name)s", _MOST_NAMESAKES)
    if not rows and not exactly:
        resembles = f"z.name_key %% %(name)s AND similarity(z.name_key, %(name)s) >= {_RESEMBLES}"
        rows = _called(name, ranges, resembles, _MOST_PLACES)
    named = names_of_paths(row[1] for row in rows)
    return [Place(*row, lies_in=named[row[1]].lies_in) for row in rows]


def settlements_beginning(
    name: str, ranges: Sequence[tuple[str, str]], *, limit: int = _MOST_NAMESAKES
) -> list[Place]:
    """Return villages, quartiers and fractions whose folded name begins so, or resembles it."""
    if not name:
        return []
    within = "z.level = ANY(%(levels)s) AND "
    rows = _called(name, ranges, within + "starts_with(z.name_key, %(name)s)", limit)
    if not rows:
        resembles = f"z.name_key %% %(name)s AND similarity(z.name_key, %(name)s) >= {_RESEMBLES}"
        rows = _called(name, ranges, within + resembles, _MOST_PLACES)
    named = names_of_paths(row[1] for row in rows)
    return [Place(*row, lies_in=named[row[1]].lies_in) for row in rows]


def everywhere_called(name: str) -> list[Place]:
    """Return the villages, quartiers and fractions of that folded name in the whole country."""
    if not name:
        return []
    whole_country = [("", ":")]
    return [place for place in places_called(name, whole_country) if place.level in SETTLEMENTS]


def _called(
    name: str, ranges: Sequence[tuple[str, str]], resembles: str, limit: int
) -> list[tuple[int, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _CALLED.format(resembles=resembles),
            {
                "name": name,
                "lows": [low for low, _ in ranges],
                "highs": [high for _, high in ranges],
                "levels": [int(level) for level in SETTLEMENTS],
                "limit": limit,
            },
        )
        return list(cursor.fetchall())


def names_of_paths(paths: Iterable[str]) -> dict[str, Place]:
    """Return, for each path, its zone with the names of the commune, cercle and region above."""
    wanted = set(paths)
    ids = {int(part) for path in wanted for part in path.strip("/").split("/") if part}
    zones = {zone.id: zone for zone in Zone.objects.filter(id__in=ids).only("name", "level")}
    return {path: _place(path, zones) for path in wanted}


def _place(path: str, zones: dict[int, Zone]) -> Place:
    line = [zones[int(part)] for part in path.strip("/").split("/") if int(part) in zones]
    if not line:
        return Place(0, path, "", Level.COUNTRY)
    own, above = line[-1], [zone for zone in line[:-1] if zone.level in _SHOWN_ABOVE]
    lies_in = ", ".join(zone.name for zone in reversed(above))
    return Place(own.id, path, own.name, own.level, lies_in)


_SHOWN_ABOVE = (Level.COMMUNE, Level.CERCLE, Level.REGION)
