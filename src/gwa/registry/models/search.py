"""Search by name without a trigram index on people.

Under row-level security a trigram condition on a protected table cannot use its index. So the
approximate comparison runs on distinct folded names, which say nothing of anybody, and the people
are fetched by equality on the name's number.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from gwa.registry.models.base import ZonedQuerySet
from gwa.registry.models.persons import Person


class SearchName(models.Model):
    """One distinct folded name: given name then family name, or an everyday name."""

    text = models.CharField(max_length=250, unique=True, db_collation="C")

    class Meta:
        indexes = (
            GinIndex(
                fields=("text",), opclasses=("gin_trgm_ops",), name="registry_searchname_trgm"
            ),
        )

    def __str__(self) -> str:
        return self.text


class PersonName(models.Model):
    """A person found under a name; kept by the actions, rebuilt by `rebuild_search`."""

    pk = models.CompositePrimaryKey("name_id", "person_id")
    name = models.ForeignKey(SearchName, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="search_names")
    zone_path = models.CharField(max_length=200, db_collation="C", editable=False)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("name", "zone_path", "person"), name="registry_personname_found"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} as {self.name_id}"
