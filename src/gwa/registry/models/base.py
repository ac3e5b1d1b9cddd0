"""What every protected row has: an id made by us, and the zones that may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from gwa.common.ids import new_id
from gwa.common.scope import EVERYWHERE
from gwa.zones.models import end_of_subtree

if TYPE_CHECKING:
    from gwa.accounts.models import User


class ZonedQuerySet(models.QuerySet[Any]):
    """Rows that carry a `zone_path`."""

    def visible_to(self, user: User) -> Self:
        """Rows in the person's zones.

        PostgreSQL refuses the others all the same; said here too, because these comparisons are
        leakproof and let the planner use the index on `zone_path`, which the policy cannot.
        """
        paths = user.scope_paths()
        if EVERYWHERE in paths:
            return self
        return self.filter(in_subtrees(paths))

    def under_path(self, path: str) -> Self:
        """Rows of one zone's subtree."""
        return self.filter(in_subtrees([path]))


def in_subtrees(paths: list[str]) -> models.Q:
    """The condition that `zone_path` lies in one of the subtrees; nothing when there is none."""
    condition = models.Q(pk__in=[])
    for path in paths:
        condition |= models.Q(zone_path__gte=path, zone_path__lt=end_of_subtree(path))
    return condition


class ZonedModel(models.Model):
    """A row that belongs to a zone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zone_path = models.CharField(max_length=200, db_collation="C", editable=False)

    class Meta:
        abstract = True
