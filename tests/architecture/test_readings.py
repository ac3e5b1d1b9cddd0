"""Whatever page names somebody to a reader outside the technical unit leaves a line of it."""

import datetime as dt
import json

import pytest

from gwa.accounts import access
from gwa.common.access import all_rights
from gwa.journal.models import Entry
from gwa.registry.actions import set_identifier
from gwa.testing.accounts import browser_of, make_account, make_profile
from gwa.testing.cast import FATOU, correction
from tests.architecture.routes import all_routes, make_world

# Leaving shows nobody; the people of a preview are made up (questionnaires/scenes).
UNREAD = {"account_logout", "questionnaires:preview"}
NAMES = ("Awa Traoré", "Binta", "Seydou", "Kadia", "Bakary")


@pytest.fixture
def agent(cast):
    """Somebody with every right, who is not of the technical unit."""
    return make_account(make_profile(*all_rights(), is_national=True))


def read(answer) -> str:
    """The text of an answer, whichever way it was sent."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


@pytest.mark.django_db
def test_each_page_that_names_somebody_leaves_a_line(cast, agent, monkeypatch):
    world = make_world(cast)
    for name in ("Bakary", "Awa"):  # the second only claims the number
        set_identifier(
            person=cast.person(name), kind="cmss", value="123", source=correction(), actor=FATOU
        )
    monkeypatch.setattr(access, "ONE_READING", dt.timedelta())
    browser = browser_of(agent)
    naming, silent = [], []
    for route in all_routes():
        if route.name in UNREAD:
            continue
        before = Entry.objects.filter(actor_id=agent.pk).count()
        answer = browser.get(route.address(world))
        is_pdf = answer.headers.get("Content-Type") == "application/pdf"
        if answer.status_code != 200 or not (is_pdf or any(name in read(answer) for name in NAMES)):
            continue
        naming.append(route.name)
        if Entry.objects.filter(actor_id=agent.pk).count() == before:
            silent.append(route.name)
    assert silent == []
    assert {"registry:household", "registry:history", "registry:sheet", "registry:claims"} <= {
        *naming
    }
    assert len(naming) > 20


@pytest.mark.django_db
def test_a_position_leaves_a_line_too(cast, agent):
    feature = browser_of(agent).get(f"/households/{cast.household.pk}/map.geojson")
    assert json.loads(feature.content)["features"]
    assert Entry.objects.filter(actor_id=agent.pk, action="registry.household_read").count() == 1


@pytest.mark.django_db
def test_a_page_and_what_it_leads_to_are_one_reading(cast, agent):
    browser = browser_of(agent)
    for page in ("", "history/", "map.geojson", "correct/", ""):
        assert browser.get(f"/households/{cast.household.pk}/{page}").status_code == 200
    assert Entry.objects.filter(actor_id=agent.pk, action="registry.household_read").count() == 1
