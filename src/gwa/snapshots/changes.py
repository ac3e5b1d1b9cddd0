"""Whether the registry of some zones has changed; and saying so where triggers were put aside."""

import hashlib
from collections.abc import Collection

from django.db.models import Q

from gwa.common.scope import EVERYWHERE
from gwa.registry.models.base import in_subtrees
from gwa.snapshots.models import Snapshot, ZoneChange
from gwa.snapshots.rules.pieces import EVERY_ZONE


def mark_country() -> None:
    """Let the next snapshot read everything: for loads that put triggers aside."""
    ZoneChange.objects.create(zone_path=EVERY_ZONE)


def state_of(paths: Collection[str]) -> str:
    """What the registry of these zones is known by: another text after each change there.

    Between two snapshots marks are only added, and a snapshot that takes them away has a number of
    its own. The marks are read first: taken away in between, they go with the later number, which
    no other state has.
    """
    marks = ZoneChange.objects.all()
    if EVERYWHERE not in paths:
        marks = marks.filter(in_subtrees(list(paths)) | Q(zone_path=EVERY_ZONE))
    numbers = list(marks.order_by("pk").values_list("pk", flat=True))
    taken = Snapshot.objects.filter(state__in=(Snapshot.State.DONE, Snapshot.State.REMOVED))
    last = taken.order_by("-started_at").values_list("pk", flat=True).first()
    return hashlib.sha256(f"{last} {numbers}".encode()).hexdigest()
