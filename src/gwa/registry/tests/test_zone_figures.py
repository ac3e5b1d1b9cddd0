"""The registry's figures reach the pages of zones, and no further than the scope."""

import pytest
from django.utils import timezone

from gwa.common.scope import everywhere, scoped
from gwa.registry.figures import read_figures
from gwa.registry.models import FiguresRun, ZoneFigure
from gwa.zones.figures import all_measures, figures_of

pytestmark = pytest.mark.django_db


class InMopti:
    """Somebody whose zone is the region of Mopti."""

    def __init__(self, path):
        self.path = path

    def has_right(self, code):
        return True

    def scope_paths(self):
        return [self.path]


@pytest.fixture
def counted(places):
    with everywhere():
        for zone, households in ((places.mopti, 120), (places.gao, 80)):
            for measure, value in (("households", households), ("persons", households * 7)):
                ZoneFigure.objects.create(
                    zone=zone,
                    zone_path=zone.path,
                    measure=measure,
                    value=value,
                )
        FiguresRun.objects.create(computed_at=timezone.now())
    return places


def test_zones_know_what_the_registry_measures():
    assert [measure.code for measure in all_measures()][:2] == ["households", "persons"]


def test_figures_are_given_by_zone_and_measure(counted):
    with everywhere():
        assert read_figures([counted.mopti.pk, counted.gao.pk, counted.country.pk]) == {
            counted.mopti.pk: {"households": 120, "persons": 840},
            counted.gao.pk: {"households": 80, "persons": 560},
            counted.country.pk: {"households": 0, "persons": 0},
        }


def test_before_the_first_count_nothing_is_said(places):
    with everywhere():
        assert read_figures([places.mopti.pk]) == {}


def test_figures_stop_at_the_scope_twice(counted):
    person = InMopti(counted.mopti.path)
    both = [counted.mopti, counted.gao]
    with scoped(person.scope_paths()):
        assert read_figures([counted.gao.pk]) == {counted.gao.pk: {"households": 0, "persons": 0}}
    with everywhere():
        assert figures_of(both, person) == {counted.mopti.pk: {"households": 120, "persons": 840}}
