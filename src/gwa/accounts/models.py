"""People with an account, the profiles that say what they may do, and where."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from gwa.accounts.shipped import show as show_shipped
from gwa.common.ids import new_id
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
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the reader's language, where it is a shipped one."""
        return show_shipped(self.code, "name", self.name)

    @property
    def shown_description(self) -> str:
        """The description in the reader's language, where it is a shipped one."""
        return show_shipped(self.code, "description", self.description)


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
        if not hasattr(self, "_paths"):
            self._paths = list(self.zones.order_by().values_list("path", flat=True))
        return self._paths


class MachineQuerySet(models.QuerySet["Machine"]):
    def in_service(self) -> MachineQuerySet:
        """Machines that may still call."""
        return self.filter(revoked_at__isnull=True)


class Machine(models.Model):
    """A partner's system that calls the API: the organisation it speaks for, its rights, its zones.

    No person signs in with it, and no screen opens to it.
    """

    client_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="machines"
    )
    # Who answers for it at the partner's when something goes wrong.
    contact = models.CharField(_("personne à joindre"), max_length=200, blank=True)
    rights: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list
    )
    is_national = models.BooleanField(_("tout le pays"), default=False)
    zones: models.ManyToManyField[Zone, models.Model] = models.ManyToManyField(Zone, blank=True)
    calls_per_minute = models.PositiveIntegerField(_("appels par minute"), default=600)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = MachineQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(calls_per_minute__gte=1, calls_per_minute__lte=100_000),
                name="accounts_machine_calls_in_reason",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name under which the journal knows it; it outlives a change of name."""
        return f"machine {self.client_id}"

    def has_right(self, code: str) -> bool:
        """Tell whether the machine was given the right and is still in service."""
        return self.revoked_at is None and code in self.rights

    def scope_paths(self) -> list[str]:
        """Return the zone paths the machine may see; `*` for the whole country."""
        if self.is_national:
            return [EVERYWHERE]
        if not hasattr(self, "_paths"):
            self._paths = list(self.zones.values_list("path", flat=True))
        return self._paths


class MachineSecret(models.Model):
    """A secret of a machine, as a fingerprint: random enough that a plain hash cannot be guessed.

    Two are valid at once while a rotation lasts.
    """

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="secrets")
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"secret of {self.machine_id}"


class MachineToken(models.Model):
    """An access token, as a fingerprint; it opens the API for an hour at most."""

    digest = models.BinaryField(primary_key=True)
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="tokens")
    # Rights asked for by the machine; empty when it asked for all of its own.
    scopes: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list
    )
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"token of {self.machine_id}"


class MachineAnswer(models.Model):
    """What a machine was answered when it wrote, so that the same call is never done twice.

    Sealed: the answer tells of people, and the database cannot read it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    request_digest = models.BinaryField()
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("machine", "key"), name="accounts_machineanswer_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"answer to {self.machine_id}"


class CallCount(models.Model):
    """How often somebody called in the present minute: the limiter's memory."""

    caller = models.CharField(max_length=80, primary_key=True)
    window_start = models.DateTimeField()
    calls = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.calls} calls of {self.caller}"
