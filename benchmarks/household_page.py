"""Opening the page of a household: the whole request on the server, and its queries."""

import random
import statistics
import time

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from benchmarks.search import quantile
from gwa.common.scope import everywhere
from gwa.registry.models import Household
from gwa.testing.accounts import browser_of, make_account

NAME = "household_page"
SIZE = 1_000_000
_PAGES = 300
_TARGET_MS = 100.0
_TARGET_QUERIES = 12


def run(size: int) -> list[Figure]:
    """Load a country, open households as an operator, give times and queries."""
    loaded = load_once(size)
    become_application()
    with transaction.atomic(), everywhere():
        operator = make_account("operator", username="bench")
        ids = list(Household.objects.order_by("pk").values_list("pk", flat=True)[:100_000])
    browser = browser_of(operator)
    chosen = random.Random(7).sample(ids, min(_PAGES, len(ids)))  # noqa: S311 (a fixed draw)
    addresses = [reverse("registry:household", args=[pk]) for pk in chosen]
    for address in addresses[:5]:
        _open(browser, address)
    times = sorted(_open(browser, address) for address in addresses)
    queries = [_count(browser, address) for address in addresses[:50]]
    data = f"{loaded.persons} persons, {len(addresses)} pages, row-level security"
    return [
        Figure("household_page_p50", statistics.median(times), "ms", data),
        Figure("household_page_p95", quantile(times, 0.95), "ms", data, target=_TARGET_MS),
        Figure("household_page_queries", max(queries), "queries", data, target=_TARGET_QUERIES),
    ]


def _open(browser: Client, address: str) -> float:
    started = time.perf_counter()
    answer = browser.get(address, headers={"host": "localhost"})
    elapsed = 1000 * (time.perf_counter() - started)
    assert answer.status_code == 200, answer.status_code
    return elapsed


def _count(browser: Client, address: str) -> int:
    """Count the queries on tables; what opens, scopes and ends the transaction is the rest."""
    with CaptureQueriesContext(connection) as asked:
        _open(browser, address)
    return sum(' FROM "' in query["sql"] for query in asked)
