"""Take a whole import back, while nothing was built on it."""

from django.utils import timezone

from gwa.collection import errors
from gwa.collection.models import Import, ImportedHousehold
from gwa.common.scope import scoped
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.bulk.taking_back import find_stood_on, take_back_rows
from gwa.registry.actions.checks import require_reason
from gwa.registry.upkeep import refresh_figures

_TAKEABLE = (Import.Status.DONE, Import.Status.CANCELLED, Import.Status.FAILED)


@action
def take_back_import(*, of_import: Import, actor: Actor, reason: str) -> Import:
    """Undo everything an import did: what it registered goes, what it updated is as before.

    Refused as a whole where anything of it was changed since or serves elsewhere.
    """
    require_reason(reason)
    locked: Import = (
        Import.objects.select_for_update(of=("self",)).select_related("source").get(pk=of_import.pk)
    )
    if locked.status not in _TAKEABLE or locked.source is None or locked.change_id is None:
        raise errors.ImportNotTakeable
    if not locked.chunks_done:
        raise errors.ImportNotTakeable
    with scoped(locked.scope_paths):
        standing = find_stood_on(source=locked.source, change_id=locked.change_id)
        if standing is not None:
            raise errors.ImportStoodOn(
                count=standing.count, first=standing.registry_number, what=standing.what
            )
        taken = take_back_rows(source=locked.source, change_id=locked.change_id)
        ImportedHousehold.objects.filter(of_import=locked).delete()
        locked.status, locked.taken_back_at = Import.Status.TAKEN_BACK, timezone.now()
        locked.save(update_fields=["status", "taken_back_at"])
        record(
            "collection.import_taken_back",
            subject=locked,
            actor=actor,
            reason=reason,
            data={"households": taken.households, "persons": taken.persons, "is_bulk": True},
        )
    refresh_figures()
    return locked
