"""A draft comes back to its author, and to nobody else."""

import datetime as dt
import json

import pytest
from django.db import connection

from gwa.accounts.models import User
from gwa.common import drafts
from gwa.common.models import FormDraft

FORM = "registry.correct_value:0190"
FIELDS = {"family_name": ["Traoré"], "assets": ["radio", "plough"]}
URL = f"/drafts/{FORM}/"


def make_user(name):
    return User.objects.create_user(
        username=name, email=f"{name}@gwa.test", password=None, full_name=name
    )


@pytest.fixture
def fatou(db):
    return make_user("fatou")


@pytest.fixture
def desk(client, fatou):
    client.force_login(fatou)
    return client


def send(client, fields, url=URL):
    return client.post(url, json.dumps(fields), content_type="application/json")


def test_what_was_typed_comes_back(desk):
    assert send(desk, FIELDS).status_code == 204
    assert desk.get(URL).json()["fields"] == FIELDS


def test_a_newer_draft_takes_the_place_of_the_older(desk, fatou):
    send(desk, FIELDS)
    send(desk, {"family_name": ["Diarra"]})
    assert desk.get(URL).json()["fields"] == {"family_name": ["Diarra"]}
    assert FormDraft.objects.filter(author=fatou).count() == 1


def test_nobody_else_reads_it(desk, client):
    send(desk, FIELDS)
    client.force_login(make_user("oumar"))
    assert client.get(URL).status_code == 204


def test_a_stranger_is_sent_to_the_entrance(client, db):
    assert client.get(URL).status_code == 302


def test_the_database_cannot_read_it(desk):
    send(desk, FIELDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(d)::text FROM common_formdraft d")
        text = cursor.fetchone()[0]
    sealed = bytes(FormDraft.objects.get().sealed)
    assert "Traor" not in text
    assert b"Traor" not in sealed


def test_a_draft_moved_to_another_row_opens_no_more(desk, fatou):
    send(desk, FIELDS)
    stolen = FormDraft.objects.get()
    FormDraft.objects.create(
        author=make_user("oumar"), form=FORM, sealed=stolen.sealed, saved_at=stolen.saved_at
    )
    other = User.objects.get(username="oumar")
    assert drafts.read_draft(author_id=other.pk, form=FORM) is None


def test_an_accepted_form_forgets_its_draft(desk, fatou):
    send(desk, FIELDS)
    drafts.forget_draft(author_id=fatou.pk, form=FORM)
    assert desk.get(URL).status_code == 204


def test_the_author_may_start_afresh(desk):
    send(desk, FIELDS)
    assert desk.delete(URL).status_code == 204
    assert desk.get(URL).status_code == 204


def test_a_forgotten_draft_dies_after_its_time(desk, fatou):
    send(desk, FIELDS)
    old = drafts.KEPT_FOR + dt.timedelta(minutes=1)
    FormDraft.objects.update(saved_at=FormDraft.objects.get().saved_at - old)
    assert desk.get(URL).status_code == 204
    send(desk, FIELDS, url="/drafts/registry.register:new/")
    assert FormDraft.objects.filter(author=fatou).count() == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"a": "b"}', '{"a": [1]}', '{"a": ["' + "x" * 100_000 + '"]}']
)
def test_what_is_not_a_form_is_refused(desk, body):
    answer = desk.post(URL, body, content_type="application/json")
    assert answer.status_code == 400
    assert not FormDraft.objects.exists()


def test_a_draft_is_never_cached(desk):
    send(desk, FIELDS)
    assert desk.get(URL)["Cache-Control"] == "no-store"
