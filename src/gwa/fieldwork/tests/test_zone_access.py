"""What telephones hold of a zone that is restricted or closed."""

import pytest

from gwa.fieldwork.actions import Work, give_work, set_access
from gwa.submissions.made_lists import find_list
from gwa.submissions.tests.test_openrosa_forms import WITH_LISTS
from gwa.testing.cast import FATOU
from gwa.testing.small_form import publish_test_form


@pytest.fixture
def held(collecte, telephone):
    """How many households Moussa's telephone gets, and of which villages it knows."""
    telephone.enter(telephone.family())
    version = publish_test_form("2", xform=WITH_LISTS)

    def count():
        homes = find_list(telephone.user, version, "menages.csv")
        places = find_list(telephone.user, version, "zones.csv").read().decode()
        return homes.rows, telephone.places.sevare.code in places

    return count


def say(zone, state):
    set_access(zone=zone, state=state, reason="Attaque sur la route.", actor=FATOU)


def test_a_restricted_zone_leaves_the_assigned_villages_and_a_closed_one_nothing(
    held, telephone, collecte, form
):
    village, cercle = telephone.places.sevare, telephone.places.mopti
    assert held() == (1, True)
    say(cercle, "restricted")
    assert held() == (0, False)
    give_work(work=Work(user=telephone.user, zone=village, form=form.form), actor=FATOU)
    assert held() == (1, True)
    say(cercle, "closed")
    assert held() == (0, False)
    say(cercle, "open")
    assert held() == (1, True)


def test_the_telephone_is_told_how_safe_its_zones_are(collecte, telephone):
    places = telephone.places
    say(places.mopti, "restricted")
    say(places.sevare, "closed")
    told = {one["code"]: one["access"] for one in collecte.get("work").json()["zones"]}
    assert told == {places.socoura.code: "restricted", places.sevare.code: "closed"}
