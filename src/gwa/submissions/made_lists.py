"""The lists of a form, made once a change: the next telephone of the same zones gets what is there.

A team fetches the same list many times, and most fetches find nothing new. What the registry of its
zones is known by (`snapshots.changes`) tells in milliseconds whether the last one made still holds.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from gwa.accounts.models import User
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import assignments_for, form_of
from gwa.snapshots.changes import state_of
from gwa.submissions import lists
from gwa.submissions.models import MadeList
from gwa.submissions.reach import reach_of
from gwa.variables.queries import current_dictionary, read_dictionary
from gwa.zones.models import Geography, Level, Zone

ZONES, COMMUNES, CAMPAIGN = "zones.csv", "communes.csv", "campagne.csv"
ENTITIES = frozenset(f"{dataset}.csv" for dataset in lists.ENTITY_LISTS)
# Raise it when lists are written otherwise: those that are there are then made again.
_LAYOUT = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is now for an account: the fingerprint that telephones compare, and the file."""

    md5: str
    rows: int
    read: Callable[[], bytes]


def lists_of(version: FormVersion) -> list[str]:
    """The names of the files that the form reads and that are made for each account."""
    made = {ZONES, COMMUNES, CAMPAIGN, *ENTITIES}
    sources = (one.source.rpartition("/")[2] for one in form_of(version).lists)
    return [name for name in dict.fromkeys(sources) if name in made]


def find_list(user: User, version: FormVersion, name: str) -> Listed:
    """Return a list, made again where something has changed since the last one."""
    if name == CAMPAIGN:
        content, rows = _write(user, version, name)
        return Listed(_md5(content), rows, lambda: content)
    words = (str(_LAYOUT), str(version.pk), name, *reach_of(user).words)
    return find_made(words, _state(user, name), lambda: _write(user, version, name))


def find_made(words: Sequence[str], state: str, write: Callable[[], tuple[bytes, int]]) -> Listed:
    """Return a file known by these words, written where it was last made of another state."""
    key = hashlib.sha256("\0".join(words).encode()).digest()
    made = _find(key, state)
    if made is None:
        _hold(key)
        made = _find(key, state) or _make(key, state, write)
    number = made.pk
    return Listed(made.md5, made.rows, lambda: MadeList.objects.get(pk=number).content)


def _state(user: User, name: str) -> str:
    """What the list depends on: the registry of the zones, or the geography alone."""
    if name in ENTITIES:
        return state_of(user.scope_paths())
    stamps = Geography.objects.order_by("pk").values_list("pk", "changed_at")
    return hashlib.sha256(repr(list(stamps)).encode()).hexdigest()


def _find(key: bytes, state: str) -> MadeList | None:
    return MadeList.objects.defer("sealed").filter(key=key, state=state).first()


def _hold(key: bytes) -> None:
    """Let one telephone wait for the list that another one is having made."""
    number = int.from_bytes(key[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _make(key: bytes, state: str, write: Callable[[], tuple[bytes, int]]) -> MadeList:
    """Write the list. What changes meanwhile changes the state: the next fetch makes it again."""
    content, rows = write()
    made = MadeList(key=key, state=state, md5=_md5(content), rows=rows, made_at=timezone.now())
    made.set_content(content)
    MadeList.objects.filter(key=key).delete()
    made.save(force_insert=True)
    return made


def _write(user: User, version: FormVersion, name: str) -> tuple[bytes, int]:
    if name == ZONES:
        zones = Zone.objects.visible_to(user).current().order_by("path")
        return lists.write_zones(reach_of(user).narrow(zones, "path")), 0
    if name == COMMUNES:
        above = Zone.objects.current().filter(level__lte=Level.COMMUNE).order_by("path")
        return lists.write_zones(above, above_them=lists.ABOVE_COMMUNES), 0
    if name == CAMPAIGN:
        current = assignments_for(user, on=timezone.localdate()).filter(form=version.form_id)
        modules = sorted({module for one in current for module in one.modules})
        return lists.write_campaign({"modules": " ".join(modules)}), 0
    meaning = version.dictionary_version
    dictionary = read_dictionary(meaning) if meaning else current_dictionary()
    return lists.ENTITY_LISTS[name.removesuffix(".csv")](user, form_of(version), dictionary)


def _md5(content: bytes) -> str:
    """The fingerprint that OpenRosa asks for: it finds changes, and protects nothing."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
