"""A draft comes back to its author, and to nobody else."""

import datetime as dt
import json

import pytest
from django.db import connection

from gwa.accounts.models import User
from gwa.common import drafts
from gwa.common.models import DraftFile, FormDraft

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
    "body", ["", "[]", "{", '{"a": "b"}', '{"a": [1]}', '{"a": ["' + "x" * 200_000 + '"]}']
)
def test_what_is_not_a_form_is_refused(desk, body):
    answer = desk.post(URL, body, content_type="application/json")
    assert answer.status_code == 400
    assert not FormDraft.objects.exists()


def test_a_draft_is_never_cached(desk):
    send(desk, FIELDS)
    assert desk.get(URL)["Cache-Control"] == "no-store"


def start(author, form="desk:1", fields=None):
    drafts.keep_draft(author_id=author.pk, form=form, fields=fields or {"a": ["1"]})


def test_several_drafts_of_one_kind_are_listed_to_their_author_alone(fatou):
    start(fatou)
    start(fatou, "desk:2")
    start(fatou, "other:1")
    start(make_user("moussa"), "desk:3")
    listed = drafts.list_drafts(author_id=fatou.pk, begins="desk:")
    assert [draft.form for draft in listed] == ["desk:2", "desk:1"]
    assert drafts.count_drafts(author_id=fatou.pk, begins="desk:") == 2


def test_a_late_change_brings_no_accepted_draft_back(fatou):
    start(fatou)
    drafts.forget_draft(author_id=fatou.pk, form="desk:1")
    changed = drafts.change_draft(author_id=fatou.pk, form="desk:1", change=lambda kept: kept)
    assert changed is None
    assert FormDraft.objects.count() == 0


def test_a_change_is_made_on_what_is_kept(fatou):
    start(fatou)
    drafts.change_draft(author_id=fatou.pk, form="desk:1", change=lambda kept: {**kept, "b": ["2"]})
    assert drafts.lock_draft(author_id=fatou.pk, form="desk:1") == {"a": ["1"], "b": ["2"]}


def test_a_file_is_sealed_given_back_to_its_author_and_goes_with_its_draft(fatou):
    start(fatou)
    key = drafts.keep_file(
        author_id=fatou.pk, form="desk:1", content=b"fiche de Awa", media_type="image/jpeg"
    )
    assert b"Awa" not in bytes(DraftFile.objects.get().sealed)
    kept = {"author_id": fatou.pk, "form": "desk:1", "file_id": key}
    assert drafts.read_file(**kept) == (b"fiche de Awa", "image/jpeg")
    stranger = {**kept, "author_id": make_user("moussa").pk}
    drafts.forget_file(**stranger)
    assert drafts.read_file(**stranger) is None
    assert [file.size for file in drafts.list_files(author_id=fatou.pk, form="desk:1")] == [12]
    drafts.forget_draft(author_id=fatou.pk, form="desk:1")
    assert DraftFile.objects.count() == 0


def test_a_file_without_a_draft_is_not_kept(fatou):
    kept = drafts.keep_file(author_id=fatou.pk, form="desk:1", content=b"x", media_type="a/b")
    assert kept is None


def test_a_draft_nobody_comes_back_to_dies_with_its_files(fatou):
    start(fatou)
    start(fatou, "desk:2")
    drafts.keep_file(author_id=fatou.pk, form="desk:1", content=b"x", media_type="image/jpeg")
    old = FormDraft.objects.get(form="desk:1")
    old.saved_at -= drafts.KEPT_FOR + dt.timedelta(minutes=1)
    old.save()
    assert drafts.forget_dead_drafts() == 1
    assert list(FormDraft.objects.values_list("form", flat=True)) == ["desk:2"]
    assert DraftFile.objects.count() == 0
