"""Figures of zones, given by the modules above: zones themselves count nothing.

A module registers what it measures and a function that reads it, when it is loaded. Figures of
zones outside the person's scope are never asked for.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from gwa.common.access import Person
from gwa.zones.models import Zone, lies_in


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted in each zone."""

    code: str
    label: str | Promise


# From the ids of zones to their figures by measure; nothing where nothing was counted yet.
Provider = Callable[[Collection[int]], Mapping[int, Mapping[str, int]]]

_providers: list[tuple[tuple[Measure, ...], Provider]] = []


def register_provider(measures: Iterable[Measure], provider: Provider) -> None:
    """Add figures to the pages of zones; call it from the module's AppConfig.ready."""
    _providers.append((tuple(measures), provider))


def all_measures() -> list[Measure]:
    """Every measure, in the order of registration."""
    return [measure for measures, _ in _providers for measure in measures]


def find_measure(code: str) -> Measure | None:
    """The measure of this code, else the first one; None where nothing is measured."""
    measures = all_measures()
    return next((m for m in measures if m.code == code), measures[0] if measures else None)


def figures_of(zones: Iterable[Zone], person: Person) -> dict[int, dict[str, int]]:
    """The figures of those zones that lie in the person's scope."""
    scope = person.scope_paths()
    ids = [zone.pk for zone in zones if lies_in(zone.path, scope)]
    found: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for _, provider in _providers:
        for pk, figures in provider(ids).items():
            found[pk].update(figures)
    return found
