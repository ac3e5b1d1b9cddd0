"""A form, its versions, and the files that go with a version."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Form(models.Model):
    """A questionnaire under the name that phones know it by (the XForm's `id`)."""

    code = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("title", "code")

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet["FormVersion"]):
    def in_service(self) -> VersionQuerySet:
        """The version of each form that new interviews use: the last one published."""
        published = self.filter(status=FormVersion.Status.PUBLISHED)
        return published.order_by("form_id", "-published_at").distinct("form_id")

    def taking_interviews(self) -> VersionQuerySet:
        """Versions whose interviews are still taken in: what is old is late, not wrong."""
        return self.filter(published_at__isnull=False)


class FormVersion(models.Model):
    """One version of a form: proposed, discussed, validated by the committee, published, retired.

    A version that was published never changes again, and stays readable for ever: interviews refer
    to it. `dictionary_version` says what its answers mean; it is set when the version is published.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        SUBMITTED = "submitted", _("soumise au comité")
        VALIDATED = "validated", _("validée")
        PUBLISHED = "published", _("en service")
        RETIRED = "retired", _("retirée")

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    # What was uploaded, byte for byte; empty where an XForm was.
    workbook = models.BinaryField(blank=True)
    file_name = models.CharField(max_length=200)
    # What phones get: the XForm, and the MD5 by which they know that it changed.
    xform = models.BinaryField()
    xform_md5 = models.CharField(max_length=32)
    # What pyxform says without refusing, one sentence a line.
    warnings = models.TextField(blank=True)
    dictionary_version = models.ForeignKey(
        "variables.DictionaryVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Why this version: what it changes and who asked for it.
    purpose = models.TextField(blank=True)
    # Reference of the committee's minutes.
    minutes = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=150)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=150, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.CharField(max_length=150, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("form", "-proposed_at")
        constraints = (
            models.UniqueConstraint(
                fields=("form", "version"), name="questionnaires_formversion_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "submitted", "validated"), published_at=None)
                | Q(
                    status__in=("published", "retired"),
                    published_at__isnull=False,
                    dictionary_version__isnull=False,
                ),
                name="questionnaires_formversion_published_means",
            ),
            models.CheckConstraint(
                condition=Q(status="retired", retired_at__isnull=False)
                | ~Q(status="retired") & Q(retired_at=None),
                name="questionnaires_formversion_retired_has_day",
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(retired_at__gte=F("published_at")),
                name="questionnaires_formversion_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"

    def hands(self) -> list[str]:
        """Return the log-ins of those who brought the version where it is."""
        return [
            self.proposed_by,
            self.submitted_by,
            self.validated_by,
            self.published_by,
            self.retired_by,
        ]

    @property
    def is_draft(self) -> bool:
        """Tell whether the version may still be replaced."""
        return self.status == self.Status.DRAFT


class FormMedia(models.Model):
    """A file that goes with a version: a picture, a recording, a list of choices."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    md5 = models.CharField(max_length=32)

    class Meta:
        ordering = ("version", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "name"), name="questionnaires_formmedia_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
