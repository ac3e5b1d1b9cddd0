"""Counting the figures of every zone: all of them, then what a quiet night writes."""

import time

from django.db import connection, transaction

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from gwa.common.scope import everywhere
from gwa.registry.models import ZoneFigure
from gwa.registry.upkeep import refresh_figures

NAME = "figures"
SIZE = 1_000_000
_TARGET_SECONDS = 30


def run(size: int) -> list[Figure]:
    """Load a country, count from nothing, then count again where nothing has changed."""
    loaded = load_once(size)
    # As the worker does, bound by the policies.
    become_application()
    with transaction.atomic(), everywhere():
        ZoneFigure.objects.all().delete()
    first, written = _refresh()
    again, changed = _refresh()
    data = f"{loaded.persons} persons, row-level security"
    return [
        Figure("figures_first", first, "s", f"{data}, {written} written", target=_TARGET_SECONDS),
        Figure("figures_again", again, "s", f"{data}, {changed} written", target=_TARGET_SECONDS),
    ]


def _refresh() -> tuple[float, int]:
    connection.ensure_connection()
    started = time.perf_counter()
    changed = refresh_figures()
    return time.perf_counter() - started, changed
