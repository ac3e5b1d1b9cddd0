"""Tables of the dictionary. A published version never changes: the database refuses it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwa.variables.rules.definitions import Level, Storage, ValueType
from gwa.variables.rules.mappings import STORED_KINDS

NAME_PATTERN = r"^[a-z][a-z0-9_]{0,62}$"
CODE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_]{0,62}$"


class VersionStatus(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", _("publiée")
    RETIRED = "retired", _("retirée")


class VersionQuerySet(models.QuerySet["DictionaryVersion"]):
    """Ways to choose versions."""

    def published(self) -> Self:
        """Keep the versions in use for new interviews."""
        return self.filter(status=VersionStatus.PUBLISHED)


class DictionaryVersion(models.Model):
    """One version of the dictionary: the meaning of every answer that refers to it."""

    number = models.PositiveIntegerField(unique=True)
    labels = models.JSONField()
    status = models.CharField(
        max_length=16, choices=VersionStatus.choices, default=VersionStatus.DRAFT
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    content_hash = models.CharField(max_length=64)
    languages = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(name="version_number_positive", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="version_status_matches_dates",
                condition=(
                    Q(status="draft", published_at=None, retired_at=None)
                    | Q(status="published", published_at__isnull=False, retired_at=None)
                    | Q(status="retired", published_at__isnull=False, retired_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="version_dates_in_order",
                condition=Q(retired_at=None) | Q(retired_at__gte=F("published_at")),
            ),
            models.CheckConstraint(
                name="version_hash_is_sha256", condition=Q(content_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="version_labels_french_english", condition=Q(labels__has_keys=["fr", "en"])
            ),
        )

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def is_draft(self) -> bool:
        """Say whether the version can still change."""
        return self.status == VersionStatus.DRAFT


class Section(models.Model):
    """A chapter of the questionnaire."""

    version = models.ForeignKey(
        DictionaryVersion, on_delete=models.CASCADE, related_name="sections"
    )
    name = models.CharField(max_length=63)
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField()
    is_core = models.BooleanField(default=True)
    refresh_months = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(name="section_name_once", fields=("version", "name")),
            models.UniqueConstraint(name="section_position_once", fields=("version", "position")),
            models.CheckConstraint(
                name="section_name_snake_case", condition=Q(name__regex=NAME_PATTERN)
            ),
            models.CheckConstraint(
                name="section_labels_french_english", condition=Q(labels__has_keys=["fr", "en"])
            ),
            models.CheckConstraint(
                name="section_refresh_positive",
                condition=Q(refresh_months=None) | Q(refresh_months__gte=1),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Variable(models.Model):
    """One variable of one version."""

    version = models.ForeignKey(
        DictionaryVersion, on_delete=models.CASCADE, related_name="variables"
    )
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="variables")
    name = models.CharField(max_length=63)
    position = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=16, choices=[(level.value, level.value) for level in Level])
    type = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in ValueType])
    storage = models.CharField(
        max_length=16,
        choices=[(place.value, place.value) for place in Storage],
        default=Storage.ANSWERS.value,
    )
    labels = models.JSONField()
    unit = models.JSONField(default=dict, blank=True)
    minimum = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    is_sensitive = models.BooleanField(default=False)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    to_age = models.PositiveSmallIntegerField(null=True, blank=True)
    relevance = models.JSONField(default=dict, blank=True)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = (
            models.UniqueConstraint(name="variable_name_once", fields=("version", "name")),
            models.UniqueConstraint(name="variable_position_once", fields=("version", "position")),
            models.CheckConstraint(
                name="variable_name_snake_case", condition=Q(name__regex=NAME_PATTERN)
            ),
            models.CheckConstraint(
                name="variable_level_known", condition=Q(level__in=[level.value for level in Level])
            ),
            models.CheckConstraint(
                name="variable_type_known", condition=Q(type__in=[kind.value for kind in ValueType])
            ),
            models.CheckConstraint(
                name="variable_storage_known",
                condition=Q(storage__in=[place.value for place in Storage]),
            ),
            models.CheckConstraint(
                name="variable_labels_french_english", condition=Q(labels__has_keys=["fr", "en"])
            ),
            models.CheckConstraint(
                name="variable_range_of_number",
                condition=Q(type__in=["integer", "decimal"]) | Q(minimum=None, maximum=None),
            ),
            models.CheckConstraint(
                name="variable_range_in_order",
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
            ),
            models.CheckConstraint(
                name="variable_decimals_of_decimal",
                condition=Q(type="decimal", decimals__range=(1, 6)) | Q(decimals=0),
            ),
            models.CheckConstraint(
                name="variable_ages_of_person",
                condition=Q(level="person") | Q(from_age=None, to_age=None),
            ),
            models.CheckConstraint(
                name="variable_ages_in_order",
                condition=Q(from_age=None) | Q(to_age=None) | Q(from_age__lte=F("to_age")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """One possible answer to a variable."""

    variable = models.ForeignKey(Variable, on_delete=models.CASCADE, related_name="choices")
    code = models.CharField(max_length=63)
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField()

    class Meta:
        ordering = ("variable", "position")
        constraints = (
            models.UniqueConstraint(name="choice_code_once", fields=("variable", "code")),
            models.UniqueConstraint(name="choice_position_once", fields=("variable", "position")),
            models.CheckConstraint(
                name="choice_code_is_a_word", condition=Q(code__regex=CODE_PATTERN)
            ),
            models.CheckConstraint(
                name="choice_labels_french_english", condition=Q(labels__has_keys=["fr", "en"])
            ),
        )

    def __str__(self) -> str:
        return self.code


class VariableMapping(models.Model):
    """What became of a variable of the previous version: how its old answers stay usable."""

    version = models.ForeignKey(
        DictionaryVersion, on_delete=models.CASCADE, related_name="mappings"
    )
    source = models.CharField(max_length=63)
    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.value) for kind in STORED_KINDS]
    )
    outputs = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("version", "source")
        constraints = (
            models.UniqueConstraint(name="mapping_source_once", fields=("version", "source")),
            models.CheckConstraint(
                name="mapping_kind_known",
                condition=Q(kind__in=[kind.value for kind in STORED_KINDS]),
            ),
            models.CheckConstraint(
                name="mapping_dropped_has_no_output",
                condition=Q(kind="dropped", outputs=[]) | (~Q(kind="dropped") & ~Q(outputs=[])),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} ({self.kind})"
