"""The last change of a household, and whether it can be undone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from gwa.common.errors import DomainError
from gwa.common.people import name_of_account
from gwa.common.scope import EVERYWHERE, everywhere, read_scope
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.models import Household, Version

REGISTERED = "registry.household_registered"
# A change of more rows than any household has came with a file, and is undone with it.
_LARGEST = 2000


@dataclass(frozen=True, slots=True)
class LastChange:
    """What was done last. `refusal` says why it cannot be undone; None when it can."""

    id: UUID
    at: dt.datetime
    actor: str
    actions: tuple[str, ...]
    reason: str
    versions: Sequence[Version]
    refusal: DomainError | None

    @property
    def households(self) -> set[UUID]:
        """Every household that the change touched."""
        return {version.household_id for version in self.versions if version.household_id}

    @property
    def persons(self) -> set[UUID]:
        """Every person that the change touched."""
        return {version.person_id for version in self.versions if version.person_id}


def last_undoable_change(household: Household) -> LastChange | None:
    """Return the household's last change if it can be undone from the present zones, else None."""
    change = find_last_change(household)
    return change if change is not None and change.refusal is None else None


def find_last_change(household: Household) -> LastChange | None:
    """Return the household's last change with what speaks against undoing it.

    Looks into all zones to decide, and tells nothing of the others but that they are concerned.
    """
    scope = read_scope()
    with everywhere():
        last = Version.objects.filter(household_id=household.pk).order_by("-id").first()
        if last is None:
            return None
        rows = Version.objects.filter(change_id=last.change_id).order_by("-id")
        versions = list(rows[: _LARGEST + 1])
        lines = list(Entry.objects.filter(change_id=last.change_id).order_by("at"))
        return LastChange(
            id=last.change_id,
            at=last.at,
            actor=_who(lines[0]) if lines else "",
            actions=tuple(dict.fromkeys(line.action for line in lines)),
            reason=lines[0].reason if lines else "",
            versions=versions,
            refusal=_refusal(versions, lines, scope),
        )


def _who(line: Entry) -> str:
    return name_of_account(line.actor_id, otherwise=line.actor_label)


def _refusal(versions: Sequence[Version], lines: Sequence[Entry], scope: str) -> DomainError | None:
    if any(line.action == REGISTERED for line in lines):
        return errors.RegistrationStays()
    is_bulk = any(line.data.get("is_bulk") for line in lines)
    if is_bulk or len(versions) > _LARGEST:
        return errors.UndoTooLarge()
    roots = ("",) if scope == EVERYWHERE else tuple(scope.split(","))
    if not all(version.zone_path.startswith(roots) for version in versions):
        return errors.UndoReachesOutside()
    if _is_overtaken(versions):
        return errors.UndoOvertaken()
    return None


def _is_overtaken(versions: Sequence[Version]) -> bool:
    """Tell whether a later change touched a row, a person or a household of this one."""
    change = versions[0].change_id
    for column in ("row_id", "person_id", "household_id"):
        touched = {getattr(version, column) for version in versions} - {None}
        latest = (
            Version.objects.filter(**{f"{column}__in": touched})
            .order_by()
            .values_list(column)
            .annotate(last=Max("id"))
            .values_list("last", flat=True)
        )
        if Version.objects.filter(id__in=list(latest)).exclude(change_id=change).exists():
            return True
    return False
