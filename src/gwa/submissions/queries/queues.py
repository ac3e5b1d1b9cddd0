"""How many interviews wait for a person, and why."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.functional import Promise

from gwa.accounts.models import User
from gwa.submissions.models import Submission

Status, Queue = Submission.Status, Submission.Queue


@dataclass(frozen=True, slots=True)
class ShownQueue:
    """Interviews that wait for one reason: the filter that shows them, and how many they are."""

    label: str | Promise
    query: str
    count: int


def count_queues(reader: User) -> list[ShownQueue]:
    """Return the queues in which something waits in the reader's zones; conflicts first."""
    waiting = Submission.objects.visible_to(reader).filter(
        status__in=(Status.WAITING, Status.QUARANTINED)
    )
    rows = waiting.order_by().values_list("status", "queue").annotate(Count("pk"))
    counts = {(status, queue): count for status, queue, count in rows}
    shown = [
        ShownQueue(queue.label, urlencode({"queue": queue}), counts[Status.WAITING, queue])
        for queue in (Queue.CONFLICT, Queue.PLACE, Queue.CHECKS, Queue.REGISTRY, Queue.MAPPING)
        if (Status.WAITING, queue) in counts
    ]
    if (Status.QUARANTINED, "") in counts:
        label, query = Status.QUARANTINED.label, urlencode({"status": Status.QUARANTINED})
        shown.append(ShownQueue(label, query, counts[Status.QUARANTINED, ""]))
    return shown
