"""The register of sources, and the mappings kept for the next file of the same shape."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwa.zones.models import Zone


class DataSource(models.Model):
    """A database or a collection from which lists come: whose, when, where, how many, how good.

    Holds nothing of anybody. What is believed when sources differ follows from its kind
    (`parameters/source_precedence.yaml`).
    """

    class Kind(models.TextChoices):
        """The kinds of `registry.Source` that a list may have."""

        INTERVIEW = "interview", _("enquête par entretien")
        PAPER = "paper", _("fiches papier")
        COMMUNE = "commune", _("liste d’une commune")
        PARTNER = "partner", _("base d’un partenaire")
        SCHEME = "scheme", _("fichier d’un régime contributif")
        IMPORT = "import", _("ancienne liste")

    name = models.CharField(_("nom"), max_length=150, unique=True)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind.choices)
    organisation = models.CharField(_("organisme"), max_length=150)
    collected_from = models.DateField(_("collectée du"))
    collected_to = models.DateField(_("au"))
    zones: models.ManyToManyField[Zone, models.Model] = models.ManyToManyField(
        Zone, blank=True, related_name="+", verbose_name=_("zones couvertes")
    )
    households_told = models.PositiveIntegerField(_("ménages annoncés"), null=True, blank=True)
    persons_told = models.PositiveIntegerField(_("personnes annoncées"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    quality = models.TextField(_("qualité constatée"), blank=True, max_length=2000)
    added_at = models.DateTimeField(editable=False)
    added_by = models.CharField(max_length=150, editable=False)

    class Meta:
        ordering = ("-collected_to", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(collected_to__gte=F("collected_from")),
                name="collection_datasource_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SavedMapping(models.Model):
    """Which column means what, kept for the next file with the same titles. Holds no cell."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    mapping = models.JSONField()
    data_source = models.ForeignKey(
        DataSource, on_delete=models.CASCADE, null=True, blank=True, related_name="mappings"
    )
    saved_at = models.DateTimeField(editable=False)
    saved_by = models.CharField(max_length=150, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
