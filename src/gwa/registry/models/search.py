"""Search by name without a trigram index on people.

Under row-level security a trigram condition on a protected table cannot use its index. So the
approximate comparison runs on the distinct words of names, which say nothing of anybody; words
lead to distinct names, and people are fetched by equality on the name's number.

    search word --(sound, trigrams)--> words --> names --(number, zone)--> people

All three are derived: `gwa.registry.search_index` keeps them, and can make them again.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from gwa.registry.models.base import ZonedQuerySet
from gwa.registry.models.persons import Person


class SearchWord(models.Model):
    """One distinct folded word of names, with the key of its sound."""

    text = models.CharField(max_length=250, primary_key=True, db_collation="C")
    sound = models.CharField(max_length=250, db_collation="C")
    # How many people bore it when the tables were last made: orders equals, promises nothing.
    people = models.IntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("sound",), name="registry_searchword_sound"),
            GinIndex(
                fields=("sound",), opclasses=("gin_trgm_ops",), name="registry_searchword_trgm"
            ),
        )

    def __str__(self) -> str:
        return self.text


class SearchName(models.Model):
    """One distinct folded name: given name then family name, or an everyday name with it."""

    text = models.CharField(max_length=250, unique=True, db_collation="C")
    words: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=250, db_collation="C")
    )
    people = models.IntegerField(default=0)

    class Meta:
        indexes = (GinIndex(fields=("words",), name="registry_searchname_words"),)

    def __str__(self) -> str:
        return self.text


class PersonName(models.Model):
    """A person found under a name.

    Without foreign keys in the database: the rows are derived, loaded by millions, and read by
    joining the person.
    """

    pk = models.CompositePrimaryKey("person_id", "name_id")
    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="search_names",
        db_index=False,
        db_constraint=False,
    )
    name = models.ForeignKey(
        SearchName,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    zone_path = models.CharField(max_length=200, db_collation="C", editable=False)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("name", "zone_path", "person"), name="registry_personname_found"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} as {self.name_id}"
