"""The journal's screen shows the lines of the reader's zones, to whom may read them."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from gwa.accounts.models import Profile, User
from gwa.common.access import all_rights
from gwa.journal.actions import record
from gwa.journal.models import Actor, Entry
from gwa.zones.models import Geography, Level, Zone

pytestmark = pytest.mark.django_db
AWA = Actor(label="awa", right="registry.correct_household")


def sign_in(*, rights=("journal.read_journal",), zone=None):
    """Return a client signed in with these rights, nationwide or in one zone."""
    profile = Profile.objects.create(
        code="reader", name="Lecteur", rights=list(rights), is_national=zone is None
    )
    user = User.objects.create(
        username="lecteur", email="l@example.org", full_name="Lecteur", profile=profile
    )
    if zone is not None:
        user.zones.add(zone)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def country():
    geography = Geography.objects.create(code="t", name="Test", valid_from=dt.date(2020, 1, 1))
    return Zone.objects.create(
        geography=geography,
        code="T",
        name="Test",
        name_key="test",
        level=Level.COUNTRY,
        path="77/",
        valid_from=dt.date(2020, 1, 1),
    )


def test_the_newest_line_comes_first_in_words():
    record("test.first", actor=AWA)
    record("journal.searched", actor=AWA, reason="Contrôle annuel")
    page = sign_in().get("/journal/").content.decode()
    assert page.index("Contrôle annuel") < page.index("test.first")
    assert "Journal consulté" in page


def test_without_the_right_the_door_is_closed():
    assert sign_in(rights=()).get("/journal/").status_code == 403


def test_a_reader_of_one_zone_sees_its_lines_only(country):
    record("test.here", actor=AWA, zone_path="77/1/")
    record("test.elsewhere", actor=AWA, zone_path="78/1/")
    record("test.nowhere", actor=AWA)
    page = sign_in(zone=country).get("/journal/").content.decode()
    assert "test.here" in page
    assert "test.elsewhere" not in page
    assert "test.nowhere" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "AWA"}, ["journal.searched", "test.other"]),
        ({"actor": "moussa"}, []),
        ({"action": "journal.searched"}, ["journal.searched"]),
        ({"subject": "absent"}, []),
        ({"until": "01/01/2026"}, []),
        ({"since": "01/01/2026"}, ["journal.searched", "test.other"]),
    ],
)
def test_filters_are_answered(asked, found):
    record("journal.searched", actor=AWA)
    record("test.other", actor=AWA)
    answer = sign_in().get("/journal/", asked)
    assert sorted(line.action for line in answer.context["page"].rows) == found


def test_dates_that_run_backwards_get_a_sentence():
    answer = sign_in().get("/journal/", {"since": "02/01/2026", "until": "01/01/2026"})
    assert "échangez les deux dates" in answer.content.decode()


def test_pages_follow_one_another_without_losing_a_line():
    now = timezone.now()
    for serial in range(60):
        line = record(f"test.line_{serial:02}", actor=AWA)
        Entry.objects.create(
            **{f.name: getattr(line, f.name) for f in Entry._meta.fields}
            | {"id": uuid.uuid4(), "at": now - dt.timedelta(minutes=serial)}
        )
    client, seen, asked = sign_in(), [], {}
    while True:
        page = client.get("/journal/", asked).context["page"]
        seen += [line.id for line in page.rows]
        if page.next_key is None:
            break
        asked = {"after": page.next_key}
    assert len(seen) == len(set(seen)) == 120


def test_one_line_is_shown_with_those_of_its_change():
    line = record("test.first", actor=AWA, reason="Parce que")
    client = sign_in()
    assert "Parce que" in client.get(f"/journal/{line.id}/").content.decode()
    assert client.get(f"/journal/{uuid.uuid4()}/").status_code == 404


def test_lines_are_told_in_words_and_keep_their_codes(cast):
    household = cast.household
    record("test.first", actor=AWA, subject=household, zone_path=household.zone_path)
    page = sign_in().get("/journal/", {"subject": household.shown_number}).content.decode()
    assert f"Ménage {household.shown_number}" in page
    assert f'title="{household.pk}"' in page
    assert str(all_rights()["registry.correct_household"].label) in page
    assert 'title="registry.correct_household"' in page


def test_a_zone_asked_for_by_name_brings_no_other_record_of_its_number(country):
    record("test.here", actor=AWA, subject=country)
    namesake = Profile(pk=country.pk, code="p", name="P")
    record("test.elsewhere", actor=AWA, subject=namesake)
    page = sign_in().get("/journal/", {"subject": "Test"}).content.decode()
    assert "test.here" in page
    assert "test.elsewhere" not in page


def test_a_person_is_never_named_in_the_journal(cast):
    awa = cast.person("Awa")
    line = record("test.first", actor=AWA, subject=awa)
    page = sign_in().get(f"/journal/{line.id}/").content.decode()
    assert "Personne" in page
    assert str(awa.pk) in page
    assert awa.family_name not in page


def test_an_account_is_shown_and_found_by_the_persons_name():
    client = sign_in()
    user = User.objects.get(username="lecteur")
    User.objects.filter(pk=user.pk).update(full_name="Sira Keïta")
    record("test.first", actor=Actor(label="lecteur", user_id=user.pk))
    answer = client.get("/journal/", {"actor": "sira keïta"})
    assert "Sira Keïta" in answer.content.decode()
    assert len(answer.context["page"].rows) == 1
