"""The snapshot for analysis: the first of all, one where nothing changed, one after a day's work.

Each is taken by the command, in a process of its own; the seconds hold its start.
"""

from django.db import connection, transaction

from benchmarks import Figure
from benchmarks._child import run_child
from benchmarks._country import become_application, load_once
from gwa.common.scope import everywhere
from gwa.snapshots.models import Snapshot

NAME = "snapshot"
SIZE = 1_000_000
_TARGET_SECONDS = 60
# One zone in so many sees an interview in a day.
_ONE_ZONE_IN = 100
_A_DAY = """
    UPDATE registry_household h SET last_interview_on = CURRENT_DATE FROM (
        SELECT min(id::text)::uuid AS id FROM registry_household
        GROUP BY zone_path HAVING abs(hashtext(zone_path)) %% %(share)s = 0
    ) AS visited WHERE h.id = visited.id
"""


def run(size: int) -> list[Figure]:
    """Load a country and take snapshots of it."""
    loaded = load_once(size)
    become_application()
    data = f"{loaded.households} households, {loaded.persons} persons"
    target = _TARGET_SECONDS if size >= SIZE else None
    first = run_child("-m", "django", "snapshot")
    size_mib = _last().bytes_written / 2**20
    same = run_child("-m", "django", "snapshot")
    _live_a_day()
    day = run_child("-m", "django", "snapshot")
    last = _last()
    some = f"{data}; {last.zones_read} zones of {last.zones_read + last.zones_kept} changed"
    return [
        Figure("snapshot_first", first.seconds, "s", data, target=target),
        Figure("snapshot_first_memory", first.peak_mib, "MiB", data),
        Figure("snapshot_size", size_mib, "MiB", data),
        Figure("snapshot_unchanged", same.seconds, "s", data, target=target),
        Figure("snapshot_after_a_day", day.seconds, "s", some, target=target),
        Figure("snapshot_after_a_day_memory", day.peak_mib, "MiB", some),
    ]


def _last() -> Snapshot:
    found = Snapshot.objects.filter(state=Snapshot.State.DONE).order_by("-started_at").first()
    assert found is not None
    return found


def _live_a_day() -> None:
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gwa.change', gen_random_uuid()::text, true)")
        cursor.execute(_A_DAY, {"share": _ONE_ZONE_IN})
