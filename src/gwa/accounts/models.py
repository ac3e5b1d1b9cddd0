"""People with an account, the profiles that say what they may do, and where."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.common.scope import EVERYWHERE
from gwa.zones.models import Zone


class Organisation(models.Model):
    """The body a person works for: technical unit, programme, scheme, commune."""

    class Kind(models.TextChoices):
        TECHNICAL_UNIT = "technical_unit", _("unité technique")
        PROGRAMME = "programme", _("programme ou ONG")
        SCHEME = "scheme", _("régime contributif")
        COMMUNE = "commune", _("commune")
        OTHER = "other", _("autre")

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """A named set of rights, composed by the administrator."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("description"), blank=True)
    rights: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list
    )
    is_technical_unit = models.BooleanField(_("unité technique"), default=False)
    is_national = models.BooleanField(_("tout le pays"), default=False)
    needs_second_factor = models.BooleanField(_("second facteur obligatoire"), default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account: one profile, zone subtrees, for partners an organisation."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("nom complet"), max_length=150)
    email = models.EmailField(_("adresse électronique"), unique=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, related_name="users")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    zones: models.ManyToManyField[Zone, models.Model] = models.ManyToManyField(Zone, blank=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def has_right(self, code: str) -> bool:
        """Tell whether the profile grants the right. Nobody holds a right outside a profile."""
        return self.is_active and self.profile is not None and code in self.profile.rights

    def scope_paths(self) -> list[str]:
        """Return the zone paths this person may see; `*` for the whole country."""
        if self.profile is None:
            return []
        if self.profile.is_national:
            return [EVERYWHERE]
        return list(self.zones.values_list("path", flat=True))
