"""What protected rows share: an id made by us, the zones that may see it, where it came from."""

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


class SourcedModel(ZonedModel):
    """A row that tells where its facts come from."""

    # Looked up once a statement (migration 0009), not once a row.
    source = models.ForeignKey(
        "registry.Source",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        abstract = True


class RecordModel(SourcedModel):
    """A household or a person: what was answered, and the record that survives it after a merge.

    `answers` holds the questionnaire's values by variable name, read with `dictionary_version`.
    """

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        db_index=False,
    )
    answers = models.JSONField(default=dict)
    dictionary_version = models.ForeignKey(
        "variables.DictionaryVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,  # as for the source
    )

    class Meta:
        abstract = True


def merged_points_to_survivor(table: str) -> models.CheckConstraint:
    """The rule of merges: a merged record names its survivor, and no other one does."""
    return models.CheckConstraint(
        condition=models.Q(status="merged", merged_into__isnull=False)
        | (~models.Q(status="merged") & models.Q(merged_into__isnull=True)),
        name=f"{table}_merged_points_to_survivor",
    )
