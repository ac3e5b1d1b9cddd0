"""A reading by anybody outside the technical unit leaves a line."""

import pytest
from django.test import RequestFactory

from gwa.accounts.access import read_trace
from gwa.journal.models import Actor, Entry
from gwa.testing.accounts import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    request.actor = Actor(user.username, user_id=user.pk, right="registry.read_household")
    return request


def test_a_commune_agent_leaves_a_line(places):
    read_trace(request_of(make_account("commune_agent", places.socoura)), places.sevare)
    line = Entry.objects.get(action="zones.zone_read")
    assert line.right == "registry.read_household"
    assert line.subject_id == str(places.sevare.pk)


def test_the_technical_unit_leaves_none(places):
    read_trace(request_of(make_account("operator")), places.sevare)
    assert not Entry.objects.filter(action="zones.zone_read").exists()
