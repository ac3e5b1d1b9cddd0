"""Whose telephones a person may see."""

from django.db.models import Q, QuerySet

from gwa.accounts.models import User
from gwa.common.scope import EVERYWHERE
from gwa.zones.models import Zone, in_subtree

SEND = "submissions.send"


def accounts_of(reader: User) -> QuerySet[User]:
    """The accounts that may send interviews, in the zones of the reader."""
    accounts = User.objects.holding(SEND).order_by("full_name")
    paths = reader.scope_paths()
    if EVERYWHERE in paths:
        return accounts
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(zones__in=Zone.objects.filter(in_subtree(path)))
    return accounts.filter(inside).distinct()
