"""Whose telephones a person may see."""

from django.db.models import Q, QuerySet

from gwa.accounts.models import User
from gwa.common.scope import EVERYWHERE
from gwa.submissions.models import Device
from gwa.zones.models import Zone, in_subtree

SEND = "submissions.send"


def accounts_of(reader: User) -> QuerySet[User]:
    """The accounts that may send interviews, in the zones of the reader."""
    return _inside(User.objects.holding(SEND), reader).order_by("full_name")


def telephones_of(reader: User) -> QuerySet[Device]:
    """The telephones of the reader's zones; one of a closed account may still hold interviews."""
    return Device.objects.filter(user__in=_inside(User.objects.all(), reader))


def _inside(accounts: QuerySet[User], reader: User) -> QuerySet[User]:
    paths = reader.scope_paths()
    if EVERYWHERE in paths:
        return accounts
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(zones__in=Zone.objects.filter(in_subtree(path)))
    return accounts.filter(inside).distinct()
