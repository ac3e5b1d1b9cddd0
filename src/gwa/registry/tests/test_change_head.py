"""Changing the head of a household."""

import pytest

from gwa.registry import errors
from gwa.registry.actions import change_head
from gwa.registry.models import Membership
from gwa.testing.cast import FATOU, Cast


def lead(cast: Cast, new_head: Membership, **more):
    return change_head(
        household=cast.household, new_head=new_head, actor=FATOU, reason="âge", **more
    )


def links(cast: Cast) -> dict[str, str]:
    members = Membership.objects.current().filter(household=cast.household)
    return dict(members.values_list("person__given_name", "relationship"))


def test_links_follow_from_the_former_ones(cast: Cast):
    lead(cast, cast.membership("Kadia"))
    assert links(cast) == {
        "Kadia": "head",
        "Awa": "child",
        "Binta": "grandchild",
        "Seydou": "grandchild",
    }
    assert Membership.objects.current().filter(household=cast.household, is_head=True).count() == 1


def test_links_may_be_said(cast: Cast):
    seydou = cast.membership("Seydou")
    lead(
        cast,
        cast.membership("Binta"),
        relationship_of_former_head="other_relative",
        links={seydou.pk: "not_related"},
    )
    assert links(cast) == {
        "Binta": "head",
        "Awa": "other_relative",
        "Seydou": "not_related",
        "Kadia": "other_relative",
    }


def test_the_new_head_is_another_member(cast: Cast):
    with pytest.raises(errors.AlreadyHead):
        lead(cast, cast.membership("Awa"))
    with pytest.raises(errors.NotAMember):
        lead(cast, cast.membership("Bakary"))


def test_nobody_else_is_called_head(cast: Cast):
    with pytest.raises(errors.RelationshipRefused):
        lead(cast, cast.membership("Binta"), relationship_of_former_head="head")
