"""The cast is where the story says, so that tests of zones and rights mean something."""

import pytest

from gwa.accounts.models import Profile
from gwa.common.scope import scoped
from gwa.registry.models import Household
from gwa.testing.accounts import browser_of
from gwa.testing.staff import Staff, make_staff


@pytest.fixture
def staff(cast) -> Staff:
    return make_staff(cast.places)


def _seen_by(user) -> set[str]:
    with scoped(user.scope_paths()):
        return set(Household.objects.visible_to(user).values_list("registry_number", flat=True))


def test_moussa_and_oumar_see_awa_and_her_neighbours(cast, staff):
    theirs = {cast.household.registry_number, cast.neighbours.registry_number}
    assert _seen_by(staff.moussa) == _seen_by(staff.oumar) == theirs


def test_fatou_works_in_another_cercle_and_sees_none_of_them(cast, staff):
    assert _seen_by(staff.fatou) == set()


def test_salif_holds_no_right_at_all(cast, staff):
    rights = {right for profile in Profile.objects.all() for right in profile.rights}
    assert len(rights) > 10
    assert not any(staff.salif.has_right(right) for right in rights)
    assert staff.moussa.has_right("registry.register_household")


def test_salif_is_refused_the_household_that_moussa_opens(cast, staff):
    page = f"/households/{cast.household.pk}/"
    assert browser_of(staff.moussa).get(page).status_code == 200
    assert browser_of(staff.salif).get(page).status_code == 403
