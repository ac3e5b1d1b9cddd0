"""Anybody may know whether who stands at the door serves."""

import pytest
from django.test import Client

from gwa.fieldwork.actions import give_badge, renew_badge
from gwa.testing.cast import FATOU


@pytest.fixture
def badge(telephone):
    return give_badge(user=telephone.user, actor=FATOU)


def read(code):
    answer = Client().get(f"/badge/{code}/")
    return answer.status_code, answer.content.decode()


def test_a_badge_says_who_it_is_and_where_they_work(badge, telephone):
    for code in (badge.code, badge.code.lower()):
        status, page = read(code)
        assert status == 200
        assert all(word in page for word in ("Moussa", "Enquêteur", "Socoura", "en service"))


def test_of_who_does_not_serve_any_more_it_says_nothing_else(badge, telephone):
    telephone.user.is_active = False
    telephone.user.save()
    status, page = read(badge.code)
    assert (status, "plus en service" in page, "Moussa" in page) == (200, True, False)


def test_a_badge_that_was_replaced_says_nothing(badge, telephone):
    renewed = renew_badge(user=telephone.user, actor=FATOU, reason="perdu")
    status, page = read(badge.code)
    assert (status, "Moussa" in page) == (404, False)
    assert read(renewed.code)[0] == 200


def test_the_telephone_is_given_its_badge(enrolled, telephone):
    told = enrolled.hello().json()["badge"]
    assert told["url"] == f"http://testserver/badge/{told['code']}/"
    assert read(told["code"])[0] == 200
