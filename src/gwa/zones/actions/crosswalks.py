"""The passage from one geography to the next."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from gwa.common.errors import DomainError
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.zones.boundaries.crosswalks import CrosswalkLine
from gwa.zones.errors import BoundaryFilesRefused, CrosswalkCodeUnknown, CrosswalkShareWrong
from gwa.zones.models import Crosswalk, Geography, Zone
from gwa.zones.rules.crosswalk import ROUNDING


@action
def set_crosswalk(
    *,
    old: Geography,
    new: Geography,
    lines: Sequence[CrosswalkLine],
    actor: Actor,
    source: str = "",
    reason: str = "",
) -> int:
    """Replace the passage of the old zones that the lines name. Give the number of lines kept."""
    olds, news = _ids(old), _ids(new)
    faults: list[DomainError] = []
    for line in lines:
        if line.old_code not in olds:
            faults.append(_unknown(line, line.old_code, old))
        if line.new_code not in news:
            faults.append(_unknown(line, line.new_code, new))
    if faults := faults or _wrong_sums(lines):
        raise BoundaryFilesRefused(faults)
    Crosswalk.objects.filter(
        old__in={olds[line.old_code] for line in lines}, new__geography=new
    ).delete()
    Crosswalk.objects.bulk_create(
        Crosswalk(
            old_id=olds[line.old_code],
            new_id=news[line.new_code],
            share=line.share,
            source=source[:200],
        )
        for line in lines
    )
    record(
        "zones.crosswalk_set",
        subject=new,
        actor=actor,
        reason=reason,
        data={"old": old.code, "new": new.code, "lines": len(lines)},
    )
    return len(lines)


def _ids(geography: Geography) -> dict[str, int]:
    return dict(Zone.objects.filter(geography=geography).values_list("code", "pk"))


def _unknown(line: CrosswalkLine, code: str, geography: Geography) -> DomainError:
    return CrosswalkCodeUnknown(place=line.place, geography=geography.name, zone_code=code)


def _wrong_sums(lines: Sequence[CrosswalkLine]) -> list[DomainError]:
    """A zone cannot give more than all its people, nor twice to the same zone."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    pairs = set()
    faults: list[DomainError] = []
    for line in lines:
        sums[line.old_code] += line.share
        pair = (line.old_code, line.new_code)
        if pair in pairs or sums[line.old_code] > 1 + ROUNDING:
            faults.append(CrosswalkShareWrong(place=line.place, zone_code=line.old_code))
        pairs.add(pair)
    return faults
