"""Who belongs to which household, from when to when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from gwa.registry.models.base import SourcedModel, ZonedQuerySet
from gwa.registry.models.households import Household
from gwa.registry.models.persons import Person


class Relationship(models.TextChoices):
    """Link to the head of household."""

    HEAD = "head", _("chef de ménage")
    SPOUSE = "spouse", _("conjoint ou conjointe")
    CHILD = "child", _("enfant")
    FOSTERED_CHILD = "fostered_child", _("enfant confié")
    PARENT = "parent", _("père ou mère")
    SIBLING = "sibling", _("frère ou sœur")
    GRANDCHILD = "grandchild", _("petit-enfant")
    CHILD_IN_LAW = "child_in_law", _("gendre ou belle-fille")
    NEPHEW_NIECE = "nephew_niece", _("neveu ou nièce")
    OTHER_RELATIVE = "other_relative", _("autre parent")
    NOT_RELATED = "not_related", _("sans lien de parenté")


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class MembershipQuerySet(ZonedQuerySet):
    def current(self) -> MembershipQuerySet:
        """Memberships that have not ended."""
        return self.filter(ended_on__isnull=True)


class Membership(SourcedModel):
    """A person in a household. Principal: where the person is counted. Secondary: a second hearth.

    The day of departure is not a day of membership: one can leave and arrive on the same day.
    """

    class EndReason(models.TextChoices):
        MOVED = "moved", _("parti dans un autre ménage")
        LEFT = "left", _("parti du registre")
        DECEASED = "deceased", _("décédé")
        DISSOLVED = "dissolved", _("ménage dissous")
        CORRECTED = "corrected", _("inscrit par erreur")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    relationship = models.CharField(max_length=15, choices=Relationship.choices)
    is_head = models.BooleanField(default=False)
    is_principal = models.BooleanField(default=True)
    is_absent = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("zone_path", "id"), name="registry_membership_zone"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="registry_membership_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=("household",),
                condition=Q(is_head=True, ended_on__isnull=True),
                name="registry_membership_one_head",
            ),
            models.UniqueConstraint(
                fields=("household", "person"),
                condition=Q(ended_on__isnull=True),
                name="registry_membership_once_in_a_household",
            ),
            # One rule in three parts, for a million rows to be checked in seconds: one principal
            # membership now, past ones apart, and a trigger (migration 0006) between the two.
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(is_principal=True, ended_on__isnull=True),
                name="registry_membership_one_principal",
            ),
            ExclusionConstraint(
                name="registry_membership_principals_apart",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_Days(F("started_on"), F("ended_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_principal=True, ended_on__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(is_head=True, relationship="head")
                | Q(is_head=False) & ~Q(relationship="head"),
                name="registry_membership_head_is_called_head",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
