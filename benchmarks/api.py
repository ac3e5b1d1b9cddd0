"""The API as a partner's program meets it: a token, households read, listed, registered."""

import http.client
import json
import random
import statistics
import threading
import time
import uuid
from typing import Any
from urllib.parse import urlencode

from django.db import connections, transaction

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from benchmarks._served import serving
from benchmarks.search import quantile
from gwa.accounts.actions.machines import open_machine
from gwa.accounts.models import Organisation
from gwa.accounts.rights import rights_of_machines
from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.registry.models import Household
from gwa.zones.models import SETTLEMENTS, Zone

NAME = "api"
SIZE = 100_000
_READS, _PAGES, _WRITES = 500, 100, 200
_CLIENTS, _SECONDS = 4, 10


class Partner:
    """One connection kept open, with its token."""

    def __init__(self, port: int, token: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = token

    def ask(self, verb: str, path: str, body: object = None) -> tuple[int, bytes]:
        """Send one call and read its answer whole."""
        headers = {"Authorization": f"Bearer {self.token}", "Host": "localhost"}
        content = None
        if isinstance(body, str):
            content, headers["Content-Type"] = body, "application/x-www-form-urlencoded"
        elif body is not None:
            content, headers["Content-Type"] = json.dumps(body), "application/json"
            headers["Idempotency-Key"] = uuid.uuid4().hex
        self.connection.request(verb, f"/api/v1{path}", content, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def time(self, verb: str, path: str, body: object = None) -> float:
        """Return the milliseconds of a call that must succeed."""
        started = time.perf_counter()
        status, content = self.ask(verb, path, body)
        elapsed = 1000 * (time.perf_counter() - started)
        assert status in (200, 201), (status, content[:300])
        return elapsed


def run(size: int) -> list[Figure]:
    """Load a country, start the web process, measure each kind of call, then many reads."""
    loaded = load_once(size)
    become_application()
    with transaction.atomic(), everywhere():
        keys = list(Household.objects.order_by("pk").values_list("pk", flat=True)[:100_000])
        settlements = Zone.objects.current().filter(level__in=SETTLEMENTS)
        codes = list(settlements.order_by("pk").values_list("code", flat=True)[:500])
        credentials = _open_machine()
    connections.close_all()
    draw = random.Random(7)  # noqa: S311 (a fixed draw)
    with serving() as port:
        partner = Partner(port)
        _status, answer = partner.ask("POST", "/token", urlencode(credentials))
        partner.token = json.loads(answer)["access_token"]
        chosen = [f"/households/{key}" for key in draw.sample(keys, min(_READS, len(keys)))]
        for path in chosen[:20]:
            partner.time("GET", path)
        times = {
            "read": [partner.time("GET", path) for path in chosen],
            "page": _follow(partner, _PAGES),
            "register": [
                partner.time("POST", "/households", _family(draw, codes)) for _ in range(_WRITES)
            ],
        }
        rate = _load(port, partner.token, chosen)
    data = f"{loaded.persons} persons, granian with one worker, row-level security"
    figures = []
    for kind, measured in times.items():
        measured.sort()
        figures += [
            Figure(f"api_{kind}_p50", round(statistics.median(measured), 2), "ms", data),
            Figure(f"api_{kind}_p95", round(quantile(measured, 0.95), 2), "ms", data),
        ]
    together = f"{data}, {_CLIENTS} clients reading households"
    return [*figures, Figure("api_reads_rate", round(rate, 1), "calls/s", together)]


def _open_machine() -> dict[str, str]:
    organisation, _ = Organisation.objects.get_or_create(name="Mesure", kind="other")
    machine, secret = open_machine(
        name="Mesure",
        organisation=organisation,
        rights=list(rights_of_machines()),
        is_national=True,
        calls_per_minute=100_000,
        actor=SYSTEM,
    )
    return {
        "grant_type": "client_credentials",
        "client_id": machine.client_id,
        "client_secret": secret,
    }


def _follow(partner: Partner, pages: int) -> list[float]:
    """Walk through the list, a hundred households at a time."""
    times, cursor = [], ""
    for _ in range(pages):
        started = time.perf_counter()
        status, content = partner.ask("GET", f"/households?limit=100&cursor={cursor}")
        times.append(1000 * (time.perf_counter() - started))
        assert status == 200, content[:300]
        cursor = json.loads(content)["next_cursor"] or ""
    return times


def _family(draw: random.Random, codes: list[str]) -> dict[str, Any]:
    """Draw a household of five."""
    members = [
        {
            "given_name": draw.choice(["Awa", "Fanta", "Moussa", "Sira", "Oumar"]),
            "family_name": draw.choice(["Traoré", "Diarra", "Keïta", "Cissé"]),
            "sex": draw.choice("FM"),
            "birth_year": draw.randint(1950, 2020),
            "relationship": "child" if number else "head",
        }
        for number in range(5)
    ]
    place = draw.choice(codes)
    return {"zone_code": place, "registered_on": "2026-01-02", "members": members}


def _load(port: int, token: str, paths: list[str]) -> float:
    """Let several clients read for some seconds; return how many calls a second were answered."""
    counts = [0] * _CLIENTS
    end = time.perf_counter() + _SECONDS

    def read(place: int) -> None:
        partner = Partner(port, token)
        draw = random.Random(place)  # noqa: S311 (a fixed draw)
        while time.perf_counter() < end:
            partner.time("GET", draw.choice(paths))
            counts[place] += 1

    started = time.perf_counter()
    threads = [threading.Thread(target=read, args=(place,)) for place in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)
