"""Zones by name, however it is written, or by code."""

from collections.abc import Collection

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Q, Value, When

from gwa.common.access import Person
from gwa.common.text import fold
from gwa.zones.models import Geography, Zone, ZoneQuerySet

LIMIT = 20


def search_zones(
    words: str,
    *,
    person: Person,
    geography: Geography | None = None,
    levels: Collection[int] | None = None,
    everywhere: bool = False,
    limit: int = LIMIT,
) -> list[Zone]:
    """Open zones whose name or code answers, the closest first, then from the country down.

    Without accents or capitals; a misspelt name is found by its letters three by three.
    `everywhere` leaves the person's zones: names are public, and a household may move anywhere.
    """
    key = fold(words)
    if not key:
        return []
    zones = Zone.objects.filter(valid_to__isnull=True)
    zones = zones.filter(geography=geography) if geography else zones.current()
    if levels is not None:
        zones = zones.filter(level__in=levels)
    if not everywhere:
        zones = zones.visible_to(person)
    return list(_closest(zones, key, words.strip())[:limit])


def _closest(zones: ZoneQuerySet, key: str, code: str) -> ZoneQuerySet:
    close = (
        Q(code__iexact=code)
        | Q(name_key__startswith=key)
        | Q(name_key__contains=f" {key}")
        | Q(name_key__trigram_word_similar=key)
    )
    rank = Case(
        When(Q(code__iexact=code) | Q(name_key=key), then=Value(0)),
        When(name_key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        zones.filter(close)
        .annotate(rank=rank, likeness=TrigramWordSimilarity(key, "name_key"))
        .order_by("rank", F("likeness").desc(), "level", "name_key", "pk")
        .select_related("parent", "parent__parent")
    )
