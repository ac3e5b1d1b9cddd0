"""Every page of the program in Chromium: nothing refused by the content policy, nothing broken."""

import pytest
from django.db import transaction
from tests.architecture.routes import all_routes, make_world

from gwa.common.access import all_rights
from gwa.common.scope import everywhere
from gwa.testing.accounts import make_account, make_profile
from gwa.testing.cast import make_cast
from gwa.testing.places import make_places

# What answers no page: files, parts of a page, and the way out.
NO_PAGE = {
    "account_logout",
    "accounts:choose_zones",
    "draft",
    "guide:image",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
}
OUTSIDE = {"account_login", "account_reset_password", "account_reset_password_done"}


@pytest.fixture
def visit(start_walk):
    """Make the world, and walk through all of its pages."""
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        world = make_world(cast)
        visitor = make_account(make_profile(*all_rights(), is_national=True, code="visitor"))

    def walk_through() -> list[str]:
        found, seen = [], 0
        inside, outside = start_walk(language="fr"), start_walk(language="fr")
        inside.enter_as(visitor)
        for route in all_routes():
            if route.name in NO_PAGE or (route.module == "allauth" and route.places):
                continue
            walk = outside if route.name in OUTSIDE else inside
            address = route.address(world)
            if address.endswith((".geojson", ".pdf")) or not _is_page(walk, address):
                continue
            walk.open(address)
            seen += 1
            faults = [*walk.refused, *walk.errors, *walk.axe()]
            found += [f"{route.name}: {fault}" for fault in faults]
            walk.refused.clear()
            walk.errors.clear()
        assert seen > 50
        return found

    return walk_through


def _is_page(walk, address):
    """Ask first: what posts only, sends a file or a part of a page is no page."""
    answer = walk.context.request.get(walk.address + address)
    return answer.status < 405 and b"<!doctype html>" in answer.body()[:50]


def test_no_page_is_refused_anything_or_bars_the_way(visit):
    found = visit()
    assert not found, "\n".join(found)
