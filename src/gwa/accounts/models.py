"""People with an account, the profiles that say what they may do, and where."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
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
    # What the program shipped when it was last loaded: tells the administrator's choices apart.
    shipped: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    def joined(self) -> UserQuerySet:
        """Accounts in use: invited, password chosen, not disabled."""
        return self.filter(is_active=True, joined_at__isnull=False)

    def holding(self, right: str) -> UserQuerySet:
        """Accounts in use whose profile grants the right."""
        return self.joined().filter(profile__rights__contains=[right])


class Users(UserManager["User"]):
    """Django's manager, with our ways to choose accounts."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def joined(self) -> UserQuerySet:
        return self.get_queryset().joined()

    def holding(self, right: str) -> UserQuerySet:
        return self.get_queryset().holding(right)


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
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Users] = Users()

    class Status(models.TextChoices):
        ACTIVE = "active", _("actif")
        INVITED = "invited", _("invité")
        DISABLED = "disabled", _("désactivé")

    class Meta:
        # Whoever types Awa or awa means one person.
        constraints = (
            models.UniqueConstraint(Lower("username"), name="accounts_user_username_once"),
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once"),
        )
        indexes = (models.Index(fields=("full_name", "id"), name="accounts_user_full_name"),)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def status(self) -> Status:
        """Tell where the account stands."""
        if not self.is_active:
            return self.Status.DISABLED
        return self.Status.ACTIVE if self.joined_at else self.Status.INVITED

    @property
    def is_technical_unit(self) -> bool:
        """Tell whether the person works in the unit that keeps the registry."""
        return self.profile is not None and self.profile.is_technical_unit

    def has_right(self, code: str) -> bool:
        """Tell whether the profile grants the right. Nobody holds a right outside a profile."""
        return self.is_active and self.profile is not None and code in self.profile.rights

    def must_have_second_factor(self) -> bool:
        """Tell whether the profile forbids to work with a password alone."""
        return (
            settings.SECOND_FACTOR == "required"
            and self.profile is not None
            and self.profile.needs_second_factor
        )

    def scope_paths(self) -> list[str]:
        """Return the zone paths this person may see; `*` for the whole country."""
        if self.profile is None:
            return []
        if self.profile.is_national:
            return [EVERYWHERE]
        return list(self.zones.values_list("path", flat=True))
