"""Places on earth: areas in square metres, distances in metres, to the centimetre as on phones."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from gwa.questionnaires.xform.xpath.functions.table import MANY, Function, texts_of
from gwa.questionnaires.xform.xpath.values import NAN
from gwa.questionnaires.xform.xpath.world import Context, Evaluate

# Latitude and longitude, in degrees.
Point: TypeAlias = tuple[float, float]
_RADIUS = 6_378_100


def read_points(text: str) -> list[Point] | None:
    """Read points parted by semicolons, or give None where one of them is none."""
    points: list[Point] = []
    for part in text.strip().rstrip("; \t").split(";"):
        point = read_point(part)
        if point is None:
            return None
        points.append(point)
    return points


def read_point(text: str) -> Point | None:
    """Read a latitude and a longitude, and nothing more than an altitude and an accuracy."""
    try:
        numbers = [float(part) for part in text.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or not all(map(math.isfinite, numbers)):
        return None
    latitude, longitude = numbers[:2]
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _points_of(context: Context, arguments: tuple[Evaluate, ...]) -> list[Point] | None:
    points: list[Point] = []
    for text in texts_of(context, arguments):
        found = read_points(text)
        if found is None:
            return None
        points += found
    return points


def _area(context: Context, shape: Evaluate) -> float:
    points = _points_of(context, (shape,)) or []
    if len(points) < 3:
        return 0.0
    total = 0.0
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        between = math.radians(end[1] - start[1])
        total += between * (2 + _sine(end) + _sine(start))
    return _to_centimetre(abs(total * _RADIUS * _RADIUS / 2))


def _sine(point: Point) -> float:
    return math.sin(math.radians(point[0]))


def _distance(context: Context, *shapes: Evaluate) -> float:
    points = _points_of(context, shapes)
    if points is None or len(points) < 2:
        return NAN
    return _to_centimetre(sum(map(_measure, points[:-1], points[1:])))


def _measure(start: Point, end: Point) -> float:
    one, other = math.radians(start[0]), math.radians(end[0])
    between = math.cos(math.radians(start[1] - end[1]))
    cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * between
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS


def _to_centimetre(metres: float) -> float:
    return math.floor(metres * 100 + 0.5) / 100


def _is_inside(context: Context, point: Evaluate, shape: Evaluate) -> bool:
    place = _points_of(context, (point,))
    fence = _points_of(context, (shape,))
    if not place or not fence or len(fence) < 2 or fence[0] != fence[-1]:
        return False
    return is_within(place[0], fence)


def is_within(place: Point, fence: Sequence[Point]) -> bool:
    """Tell whether a line from the place to the east crosses the fence an odd number of times."""
    latitude, longitude = place
    is_in = False
    for (south, west), (north, east) in pairwise(fence):
        if (south > latitude) != (north > latitude):
            crossing = west + (east - west) * (latitude - south) / (north - south)
            is_in ^= longitude < crossing
    return is_in


PLACES = {
    "area": Function(1, 1, _area),
    "enclosed-area": Function(1, 1, _area),
    "distance": Function(1, MANY, _distance),
    "geofence": Function(2, 2, _is_inside),
}
