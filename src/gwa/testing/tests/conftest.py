"""One part of the country, drawn once for all tests that only look at it."""

import pytest

from gwa.testing.country.people import Part, draw_part
from gwa.testing.country.places import draw_places
from gwa.testing.country.plan import Plan, plan_registry

HOUSEHOLDS = 6_000
SEED = 11


@pytest.fixture(scope="session")
def plan() -> Plan:
    return plan_registry(draw_places(), households=HOUSEHOLDS, seed=SEED)


@pytest.fixture(scope="session")
def part(plan: Plan) -> Part:
    return draw_part(plan, 0)
