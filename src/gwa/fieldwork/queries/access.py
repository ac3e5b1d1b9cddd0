"""Which zones are not open, and what that leaves of an account's zones to its telephones."""

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.fieldwork.models import Assignment, ZoneAccess
from gwa.fieldwork.rules import Access, narrow


def read_states() -> list[tuple[str, str]]:
    """Return what was said of zones, by path: a zone around one's own counts too."""
    with everywhere():
        rows = ZoneAccess.objects.exclude(state=Access.OPEN)
        return list(rows.values_list("zone_path", "state"))


def narrow_reach(user: User, paths: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is barred to the telephones of an account, and the villages granted of it."""
    states = read_states()
    if not states:
        return (), ()
    with everywhere():
        mine = Assignment.objects.open().filter(user=user)
        assigned = list(mine.values_list("zone_path", flat=True))
    found = narrow(paths, states, assigned)
    return found.barred, found.granted
