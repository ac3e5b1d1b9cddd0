"""Respondent and recipient: three persons may speak, lead and receive."""

import pytest

from gwa.registry import errors
from gwa.registry.actions import remove_member, set_recipient, set_respondent
from gwa.testing.cast import FATOU, LATER, Cast


@pytest.mark.parametrize(
    ("act", "role"), [(set_respondent, "respondent"), (set_recipient, "recipient")]
)
def test_a_member_takes_the_role_and_loses_it_by_leaving(cast: Cast, act, role):
    kadia = cast.person("Kadia")
    act(household=cast.household, person=kadia, actor=FATOU)
    cast.household.refresh_from_db()
    assert getattr(cast.household, role) == kadia
    remove_member(membership=cast.membership("Kadia"), on=LATER, actor=FATOU, reason="partie")
    cast.household.refresh_from_db()
    assert getattr(cast.household, role) is None


def test_a_stranger_takes_no_role(cast: Cast):
    with pytest.raises(errors.NotOfThisHousehold):
        set_respondent(household=cast.household, person=cast.person("Bakary"), actor=FATOU)
