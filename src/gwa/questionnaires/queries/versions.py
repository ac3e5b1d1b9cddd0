"""Which forms there are, what they ask, and who is to ask them."""

import datetime as dt
from functools import lru_cache

from django.db.models import Q, QuerySet

from gwa.accounts.models import User
from gwa.questionnaires.models import FormAssignment, FormVersion
from gwa.questionnaires.xform.definitions import Form
from gwa.questionnaires.xform.reading import read_form
from gwa.zones.models import Zone


def form_of(version: FormVersion) -> Form:
    """Return what a version asks: read once a process."""
    return _read(version.pk, version.xform_md5)


@lru_cache(maxsize=32)
def _read(version_id: int, xform_md5: str) -> Form:
    """Read a version. The fingerprint is part of the key because a draft may still change."""
    xform = FormVersion.objects.values_list("xform", flat=True).get(pk=version_id)
    read = read_form(bytes(xform))
    assert not isinstance(read, list)  # noqa: S101 (nothing is proposed that cannot be read)
    return read


def versions_for(user: User, *, on: dt.date) -> list[FormVersion]:
    """The versions that new interviews of an account use on a day, in the order of their titles."""
    forms = assignments_for(user, on=on).values("form")
    versions = FormVersion.objects.in_service().filter(form__in=forms).select_related("form")
    return sorted(versions.defer("workbook", "xform"), key=lambda one: one.form.title)


def assignments_for(user: User, *, on: dt.date) -> QuerySet[FormAssignment]:
    """What an account is to ask on a day: what names it, or names nobody and meets its zones."""
    current = FormAssignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        Q(user__isnull=True) | Q(user=user),
        starts_on__lte=on,
    )
    return current.filter(zone__in=Zone.objects.visible_to(user))
