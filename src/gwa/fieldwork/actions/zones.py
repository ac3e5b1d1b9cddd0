"""The verb on the access of zones."""

from django.utils import timezone

from gwa.fieldwork.models import ZoneAccess
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.checks import require_reason
from gwa.zones.models import Zone


@action
def set_access(*, zone: Zone, state: str, actor: Actor, reason: str) -> ZoneAccess:
    """Say what telephones may hold of a zone and of all that lies in it, from now on."""
    require_reason(reason)
    facts = {
        "zone_path": zone.path,
        "state": state,
        "reason": reason.strip(),
        "since": timezone.now(),
        "by": actor.label,
    }
    access, _made = ZoneAccess.objects.update_or_create(zone=zone, defaults=facts)
    record(
        "fieldwork.access_set", subject=access, actor=actor, reason=reason, data={"state": state}
    )
    return access
