"""Every route says what it asks, and keeps to it, for every profile and for nobody."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse, HttpResponseForbidden
from django.urls import clear_url_caches, path

from gwa import urls
from gwa.common.access import DEVICE, MACHINE, PUBLIC, SIGNED_IN, all_rights, needs
from gwa.testing.accounts import browser_of
from tests.architecture.routes import (
    Route,
    addresses_in,
    all_routes,
    make_everybody,
    make_world,
    own_key,
)

LET_IN = {200, 204, 302, 405}
# Let in, to nothing: a spent key, a picture the guide does not have, a factor the person lacks.
NOTHING_THERE = {
    "account_invitation": 410,
    "account_choose_password": 410,
    "guide:image": 404,
    "mfa_deactivate_totp": 404,
    "mfa_view_recovery_codes": 404,
    "mfa_download_recovery_codes": 404,
    "api:api-root": 404,
}


def test_every_route_declares_what_it_asks():
    silent = [route.name for route in all_routes() if route.needed is None]
    assert silent == []
    asked = {route.needed for route in all_routes()} - {PUBLIC, SIGNED_IN, MACHINE, DEVICE}
    assert asked <= set(all_rights())


def test_every_right_opens_something_or_is_asked_by_an_action():
    """A right that nothing asks would be granted for nothing."""
    asked = {route.needed for route in all_routes()}
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in Path("src/gwa").rglob("*.py")
        if "tests" not in file.parts and file.name != "rights.py"
    )
    idle = [code for code in all_rights() if code not in asked and f'"{code}"' not in source]
    assert idle == []


def judge(route: Route, who: str, user, status: int, location: str) -> str:
    """Return what is wrong with an answer, or nothing."""
    sent_to_sign_in = status == 302 and location.startswith("/account/login/")
    let_in = status in LET_IN or status == NOTHING_THERE.get(route.name)
    if route.needed == PUBLIC:
        good = let_in
    elif route.needed == MACHINE:  # a session opens nothing there, whoever's it is
        good = status == 401
    elif route.needed == DEVICE:  # nor there; too many unknown tokens, and nobody is heard
        good = status in (401, 429)
    elif user is None:
        good = sent_to_sign_in
    elif route.needed == SIGNED_IN or user.has_right(route.needed):
        good = let_in and not sent_to_sign_in
    else:
        good = status == 403
    return "" if good else f"{who}: {route.name} ({route.needed}) answered {status} {location}"


@pytest.fixture
def plain_refusals(monkeypatch):
    """A thousand refusals are counted here, not drawn; the page that says them has its own test."""
    refuse = lambda request, exception: HttpResponseForbidden()  # noqa: E731
    monkeypatch.setattr(urls, "handler403", refuse, raising=False)


@pytest.mark.django_db
def test_each_profile_opens_its_routes_and_no_other(cast, plain_refusals):
    world = make_world(cast)
    wrong = []
    routes = all_routes()
    for who, user in make_everybody(cast).items():
        browser = browser_of(user)
        for route in routes:
            if user is not None and route.name == "account_logout":
                continue  # has its own test
            places = {"allauth.pk": own_key(user)} if user and "pk" in route.places else {}
            answer = browser.get(route.address(world | places))
            location = answer.headers.get("Location", "")
            wrong.append(judge(route, who, user, answer.status_code, location))
    assert "\n".join(filter(None, wrong)) == ""


@pytest.mark.django_db
def test_nobody_posts_where_they_may_not_read(cast, plain_refusals):
    world = make_world(cast)
    everybody = make_everybody(cast)
    wrong = []
    for who in ("anonymous", "no right", "auditor", "commune_agent"):
        user, browser = everybody[who], browser_of(everybody[who])
        for route in all_routes():
            if route.needed in (PUBLIC, SIGNED_IN):
                continue
            if user is not None and user.has_right(route.needed):
                continue
            answer = browser.post(route.address(world), {"reason": "x"})
            location = answer.headers.get("Location", "")
            wrong.append(judge(route, who, user, answer.status_code, location))
    assert "\n".join(filter(None, wrong)) == ""


@pytest.mark.django_db
def test_a_route_that_forgets_to_ask_is_closed(cast, monkeypatch):
    """The walk can fail: a view without a mark, and one that asks for another right."""
    forgetful = path("forgetful/", lambda request: HttpResponse("x"), name="forgetful")
    strict = path(
        "strict/", needs("zones.manage_zones")(lambda request: HttpResponse("x")), name="strict"
    )
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, forgetful, strict])
    clear_url_caches()
    assert [route.name for route in all_routes() if route.needed is None] == ["forgetful"]
    operator = make_everybody(cast)["operator"]
    browser = browser_of(operator)
    assert browser.get("/forgetful/").status_code == 403
    assert browser.get("/strict/").status_code == 403
    clear_url_caches()
    route = Route("strict", strict.callback, ())
    assert judge(route, "operator", operator, 200, "") != ""
    assert judge(route, "anonymous", None, 200, "") != ""


ODD = ["'", '"><script>', "\x00", "-1", "9" * 40, "é", "%", "[]", "2026-13-45", "null", "../..", ""]
COMMON = ["after", "before", "sort", "page", "q"]


@pytest.mark.django_db
def test_no_parameter_of_an_address_breaks_a_page(cast):
    world = make_world(cast)
    browser = browser_of(make_everybody(cast)["every right"])
    browser.raise_request_exception = False
    broken = []
    for route in all_routes():
        if route.name == "account_logout":
            continue
        address = route.address(world)
        page = browser.get(address)
        names = set(COMMON)
        if page.headers.get("Content-Type", "").startswith("text/html"):
            names |= set(re.findall(r'name="([a-z_]+)"', page.content.decode()))
        for turn in range(4):  # in four turns, each name meets a third of the odd values
            asked = {name: ODD[(n * 5 + turn) % len(ODD)] for n, name in enumerate(sorted(names))}
            answer = browser.get(address, asked)
            if answer.status_code >= 500:
                broken.append(f"{route.name}: {asked}")
    assert "\n".join(broken) == ""


@pytest.mark.django_db
def test_what_a_page_says_stays_on_it(cast, caplog):
    """No name, phone or number stands in an address or a log; no browser keeps the page."""
    world = make_world(cast)
    browser = browser_of(make_everybody(cast)["every right"])
    caplog.set_level("DEBUG")
    addresses, kept = set(), []
    for route in all_routes():
        if route.name == "account_logout":
            continue
        answer = browser.get(route.address(world))
        addresses.add(answer.headers.get("Location", ""))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            addresses |= addresses_in(answer.content.decode())
        is_behind_a_door = route.needed not in (PUBLIC, MACHINE)
        if is_behind_a_door and "no-store" not in answer.headers.get("Cache-Control", ""):
            kept.append(route.name)
    secrets = ["Awa", "Traor", "Binta", "76123456", "76%2012", "12345678901234A"]
    assert [(secret, url) for url in addresses for secret in secrets if secret in url] == []
    assert [line for line in caplog.messages for secret in secrets if secret in line] == []
    assert any(str(cast.household.pk) in url for url in addresses)  # the walk saw something
    # Outlines of zones, asked again each time and not sent again when they are the same.
    assert kept == ["zones:map"]
    assert "Cache-Control" not in browser_of(None).get("/aide/commencer/").headers


@pytest.mark.django_db
def test_signing_in_sends_back_to_the_page_without_what_was_asked():
    answer = browser_of(None).get("/households/", {"q": "Awa Traoré"})
    assert answer.headers["Location"] == "/account/login/?next=/households/"


@pytest.mark.django_db
def test_every_page_is_closed_to_frames_sniffing_and_foreign_scripts(cast):
    answer = browser_of(None).get("/account/login/")
    policy = answer.headers["Content-Security-Policy"]
    for directive in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
