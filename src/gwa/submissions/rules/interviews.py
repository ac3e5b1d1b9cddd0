"""What an interview is called, and what makes it look odd: decisions on plain values."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gwa.common.ids import read_uuid

EARTH_KM = 6371.0
_PREFIX = "uuid:"


def read_instance_id(told: str) -> str:
    """Return the name of an interview as it is kept, or nothing where it is no `uuid:…`.

    The same name however it is written, so that two writings are not two interviews.
    """
    name = told.strip()
    key = read_uuid(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else None
    return f"{_PREFIX}{key}" if key else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of `parameters/interview_checks.yaml`."""

    shortest_minutes: float
    shortest_minutes_a_member: float
    longest_minutes: float
    farthest_km: float
    clock_ahead_hours: float
    alike_questions: int
    alike_members: int


def is_too_fast(minutes: float, members: int, limits: Limits) -> bool:
    """Tell whether nobody can have asked so much in so little time."""
    least = max(limits.shortest_minutes, limits.shortest_minutes_a_member * members)
    return minutes < least


def is_too_long(minutes: float, limits: Limits) -> bool:
    """Tell whether the interview was left open: its duration means nothing."""
    return minutes > limits.longest_minutes


def is_clock_ahead(ended_at: dt.datetime, received_at: dt.datetime, limits: Limits) -> bool:
    """Tell whether the telephone's clock says a day that had not come."""
    return ended_at - received_at > dt.timedelta(hours=limits.clock_ahead_hours)


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance between two points, each latitude and longitude in degrees.

    Haversine formula, on a sphere of 6,371 km: exact enough for kilometres.
    """
    lat1, lon1, lat2, lon2 = map(math.radians, (*here, *there))
    a = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(a))


def find_straight_lines(
    answers: Mapping[tuple[str, ...], Sequence[str]], limits: Limits
) -> list[tuple[str, ...]]:
    """Return the sets of choices to which many questions, all of them, got one answer.

    `answers`: by the codes offered, what was answered to each question that offers them.
    """
    return [
        codes
        for codes, given in answers.items()
        if len(codes) > 3 and len(given) >= limits.alike_questions and len(set(given)) == 1
    ]


def are_members_alike(members: Sequence[Mapping[str, object]], limits: Limits) -> bool:
    """Tell whether many members got exactly the same answers."""
    told = [tuple(sorted((k, str(v)) for k, v in one.items())) for one in members if one]
    return len(told) >= limits.alike_members and len(set(told)) == 1
