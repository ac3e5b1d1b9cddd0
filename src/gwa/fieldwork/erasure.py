"""What the work keeps of a household that is erased: that somebody was to go there."""

from gwa.fieldwork.models import Assignment
from gwa.registry.erasure import Erased


def forget_work(erased: Erased) -> None:
    """Take an erased household off the work; what was sent back goes with its interview."""
    for key in erased.households:
        for assignment in Assignment.objects.filter(households__contains=[key]):
            assignment.households.remove(key)
            assignment.save(update_fields=["households"])
