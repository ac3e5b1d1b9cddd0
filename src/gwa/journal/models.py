"""The journal: one line per action, never changed, never removed."""

import uuid
from dataclasses import dataclass, field

from django.db import models

from gwa.common.ids import new_id
from gwa.journal.events import name_of


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with an account, or a named process of the system."""

    label: str
    user_id: int | None = None
    right: str = ""
    request_id: uuid.UUID = field(default_factory=new_id)


SYSTEM = Actor(label="système")


class Entry(models.Model):
    """One line. Personal data never goes into `data`: row identifiers and codes only.

    The table is partitioned by month on `at`, so `id` alone is no key of it in the database; being
    random, it is unique all the same.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=150)
    right = models.CharField(max_length=80, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    zone_path = models.CharField(max_length=200, blank=True, db_collation="C")
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    request_id = models.UUIDField()
    change_id = models.UUIDField()

    class Meta:
        managed = False  # partitioned: made by SQL in the first migration
        db_table = "journal_entry"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"

    @property
    def action_name(self) -> str:
        """The action in the reader's words."""
        return name_of(self.action)


class Seal(models.Model):
    """One minute's lines under one Merkle root, signed and chained to the seal before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"seal {self.number} of {self.lines} lines"


class Leaf(models.Model):
    """The fingerprint of one line, and the seal that holds it."""

    line_id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    leaf = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("seal", "position"), name="journal_leaf_position_once"),
        )

    def __str__(self) -> str:
        return f"leaf of {self.line_id}"
