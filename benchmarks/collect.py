"""The door of interviews as ODK Collect meets it: receipts, their way into the registry, lists.

A receipt is durable: files and transaction are on disk before the answer. Eight telephones send
households of six with a photo, one after the other and without a pause; the worker starts when all
is received, so that each rate is measured apart.
"""

import http.client
import queue
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, transaction
from django.db.models import F, Max, Min, QuerySet

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from benchmarks._enrolled import enrol_with_lists
from benchmarks._served import serving, working
from benchmarks.search import quantile
from gwa.common.scope import everywhere
from gwa.submissions.models import Submission, SubmissionFile
from gwa.testing import team
from gwa.testing.collect import Collect
from gwa.testing.small_form import Interview

NAME = "collect"
SIZE = 100_000
_PHONES, _INTERVIEWS, _ALONE, _FETCHES = 8, 1500, 20, 100
_PEER = "ODK Central publishes 41 per second (250 questions, 500 phones, 2 GB), without registry"


def run(size: int) -> list[Figure]:
    """Load a country, send a team out, and follow its interviews from the telephones on."""
    loaded = load_once(size)
    become_application()
    sent_out = team.send_out(_PHONES)
    interviews = team.draw_interviews(_INTERVIEWS + _ALONE, sent_out.places, seed=1)
    photos = [team.draw_photo(number) for number in range(16)]
    version, token, households = enrol_with_lists()
    connections.close_all()
    data = f"{loaded.persons} persons, families of 6 with a photo of {len(photos[0]) // 1000} kB"
    # As docs/operate/systemd runs them.
    with serving(workers=2, threads=8) as port:
        phones = [Phone(_open(port, token), photos) for token in sent_out.tokens]
        receipts = _send_all(phones, interviews[:_INTERVIEWS])
        with working():
            entered, drawn = _wait_for_registry()
            alone = Phone(_open(port, sent_out.tokens[0]), photos)
            delays = _send_alone(alone, interviews[_INTERVIEWS:])
        first, again = _fetch_manifest(_open(port, token), version)
    receipts.seconds.sort()
    again.sort()
    team_of = f"{data}, {_PHONES} telephones at once"
    lists = f"lists of {households} households and of their members"
    return [
        Figure("collect_receipts_rate", receipts.rate, "receipts/s", team_of, target=80,
               peer=_PEER, more_is_better=True),
        Figure("collect_receipt_p95", 1000 * quantile(receipts.seconds, 0.95), "ms", team_of,
               target=300),
        Figure("collect_registry_rate", entered, "households/s", f"{data}, one worker",
               target=25, more_is_better=True),
        Figure("collect_photos_rate", drawn, "households/s",
               f"{data}, one worker, until the last photo is drawn again", more_is_better=True),
        Figure("collect_idle_delay", max(delays), "s", f"{data}, the slowest of {_ALONE}",
               target=5),
        Figure("collect_lists_first", first, "s", lists),
        Figure("collect_lists_again_p95", 1000 * quantile(again, 0.95), "ms",
               f"{lists}, nothing has changed"),
    ]  # fmt: skip


@dataclass(slots=True)
class Receipts:
    """What came of a sending: how long each receipt took, and all of them together."""

    seconds: list[float] = field(default_factory=list)
    rate: float = 0


class Phone:
    """Sends interviews with a photo each, and says how long each receipt took."""

    def __init__(self, collect: Collect, photos: list[bytes]) -> None:
        self.collect, self.photos = collect, photos
        self.sent = 0

    def send(self, interview: Interview) -> float:
        """Send one interview, which must be received."""
        self.sent += 1
        xml, photo = interview.write(), self.photos[self.sent % len(self.photos)]
        started = time.perf_counter()
        answer = self.collect.post(xml, {team.PHOTO: photo})
        elapsed = time.perf_counter() - started
        assert answer.status == 201, (answer.status, answer.body[:300])
        return elapsed


def _open(port: int, token: str) -> Collect:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    collect = Collect(connection, f"/openrosa/key/{token}")
    assert collect.offer().status == 204
    return collect


def _send_all(phones: list[Phone], interviews: list[Interview]) -> Receipts:
    """Let the telephones send everything, each the next that is left."""
    receipts, waiting = Receipts(), queue.SimpleQueue[Interview]()
    for interview in interviews:
        waiting.put(interview)

    def work(phone: Phone) -> None:
        while True:
            try:
                interview = waiting.get_nowait()
            except queue.Empty:
                return
            receipts.seconds.append(phone.send(interview))

    threads = [threading.Thread(target=work, args=(phone,)) for phone in phones]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    receipts.rate = len(receipts.seconds) / (time.perf_counter() - started)
    assert len(receipts.seconds) == len(interviews)
    return receipts


def _wait_for_registry() -> tuple[float, float]:
    """Wait until all have entered, then until their photos are there; return both rates."""
    while not _is_none(Submission.objects.filter(status=Submission.Status.RECEIVED)):
        time.sleep(0.2)
    with transaction.atomic(), everywhere():
        entered = Submission.objects.filter(household__isnull=False)
        assert entered.count() == _INTERVIEWS
        span = entered.aggregate(first=Min("processed_at"), last=Max("processed_at"))
    while not _is_none(SubmissionFile.objects.filter(document=None)):
        time.sleep(0.2)
    with transaction.atomic(), everywhere():
        drawn = SubmissionFile.objects.aggregate(last=Max("document__added_at"))["last"]
    seconds = (span["last"] - span["first"]).total_seconds()
    return (_INTERVIEWS - 1) / seconds, _INTERVIEWS / (drawn - span["first"]).total_seconds()


def _is_none(rows: QuerySet[Any]) -> bool:
    with transaction.atomic(), everywhere():
        return not rows.exists()


def _send_alone(phone: Phone, interviews: list[Interview]) -> list[float]:
    """Send one at a time to a worker that sleeps; return the seconds until each has entered."""
    for interview in interviews:
        phone.send(interview)
        time.sleep(1)
    told = [interview.instance_id for interview in interviews]
    with transaction.atomic(), everywhere():
        rows = Submission.objects.filter(instance_id__in=told)
        took = rows.values_list(F("processed_at") - F("received_at"), flat=True)
        return [delay.total_seconds() for delay in took]


def _fetch_manifest(collect: Collect, version: int) -> tuple[float, list[float]]:
    """Fetch the manifest of the form until its lists are there, then again and again."""
    first = _time_manifest(collect, version)
    return first, [_time_manifest(collect, version) for _ in range(_FETCHES)]


def _time_manifest(collect: Collect, version: int) -> float:
    started = time.perf_counter()
    answer = collect.get(f"forms/{version}/manifest")
    assert answer.status == 200, answer.body[:300]
    return time.perf_counter() - started
