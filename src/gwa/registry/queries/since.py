"""Which households and persons a machine sees, and which changed since an instant."""

import datetime as dt

from django.db.models import Q

from gwa.common.access import Person as Reader
from gwa.registry.models import (
    Household,
    Person,
    Source,
    Version,
)
from gwa.registry.models.base import ZonedQuerySet


def changed_since(instant: dt.datetime, rows: str) -> Q:
    """The condition that a household (or person) was entered or changed since an instant.

    What bulk loads add leaves no version: their source says when.
    """
    entered = Source.objects.filter(recorded_at__gte=instant)
    changed = Version.objects.filter(at__gte=instant, **{f"{rows}_id__isnull": False})
    return Q(source__in=entered) | Q(pk__in=changed.order_by().values(f"{rows}_id"))


def visible_households(reader: Reader) -> ZonedQuerySet:
    """Households in the reader's zones, with what a line of a list tells of each."""
    rows = Household.objects.visible_to(reader)  # type: ignore[arg-type]
    return rows.select_related("zone", "place_now", "dictionary_version", "source")


def visible_persons(reader: Reader) -> ZonedQuerySet:
    """Persons in the reader's zones."""
    rows = Person.objects.visible_to(reader)  # type: ignore[arg-type]
    return rows.select_related("dictionary_version")
