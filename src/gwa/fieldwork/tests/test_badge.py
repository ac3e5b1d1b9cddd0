"""Anybody may know whether who stands at the door serves."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from gwa.fieldwork.actions import give_badge, print_badges, renew_badge, withdraw_badge
from gwa.fieldwork.models import Badge
from gwa.testing.accounts import make_account
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


def test_a_badge_that_was_withdrawn_or_whose_day_is_over_says_so(badge, telephone):
    user = telephone.user
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    print_badges(users=[user], valid_until=yesterday, actor=FATOU)
    assert "plus en service" in read(badge.code)[1]
    print_badges(users=[user], valid_until=None, actor=FATOU)
    assert "Moussa" in read(badge.code)[1]
    withdraw_badge(user=user, actor=FATOU, reason="prêté")
    assert "plus en service" in read(badge.code)[1]
    print_badges(users=[user], valid_until=None, actor=FATOU)
    assert "Moussa" not in read(badge.code)[1], "printed again, it stays withdrawn"
    assert "Moussa" in read(renew_badge(user=user, actor=FATOU).code)[1]


@pytest.fixture
def fatou(telephone):
    client = Client()
    client.force_login(make_account("supervisor", telephone.places.socoura, username="fatou"))
    return client


def test_the_desk_prints_renews_and_withdraws_those_of_its_enumerators(fatou, telephone):
    asked = {"people": telephone.user.pk, "valid_until": "31/12/2027"}
    paper = fatou.post("/badges/", asked)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    badge = Badge.objects.get(user=telephone.user)
    assert badge.valid_until == dt.date(2027, 12, 31)
    page = fatou.get("/badges/").content.decode()
    assert badge.code in page
    fatou.post(f"/badges/{telephone.user.pk}/renew/", {"reason": "perdu"})
    renewed = Badge.objects.get(user=telephone.user)
    assert renewed.code != badge.code
    fatou.post(f"/badges/{telephone.user.pk}/withdraw/", {"reason": "prêté"})
    assert not Badge.objects.get(user=telephone.user).is_valid


def test_the_desk_gives_no_badge_elsewhere_nor_to_nobody(fatou, telephone):
    other = make_account("enumerator", telephone.places.gao, username="other")
    assert "Cochez au moins un" in fatou.post("/badges/", {"valid_until": ""}).content.decode()
    assert fatou.post("/badges/", {"people": other.pk}).headers["Content-Type"] != "application/pdf"
    give_badge(user=other, actor=FATOU)
    assert fatou.post(f"/badges/{other.pk}/renew/", {"reason": "x"}).status_code == 404


def test_the_telephone_is_given_its_badge(enrolled, telephone):
    told = enrolled.hello().json()["badge"]
    assert told["url"] == f"http://testserver/badge/{told['code']}/"
    assert read(told["code"])[0] == 200
