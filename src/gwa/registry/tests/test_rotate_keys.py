"""After a rotation everything is sealed under the new key, history included, and says the same."""

import base64
import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import RecoveryCodes
from allauth.mfa.utils import decrypt
from django.db import connection, transaction

from gwa.accounts.models import User
from gwa.common.crypto import blind_index
from gwa.common.drafts import keep_draft, keep_file, read_draft, read_file
from gwa.common.models import FormDraft
from gwa.common.scope import everywhere
from gwa.registry import files
from gwa.registry.actions import correct_person, set_identifier
from gwa.registry.models import Identifier, Person, Statement, Version
from gwa.testing.accounts import SECRET, make_account
from gwa.testing.cast import FATOU, correction, make_cast
from gwa.testing.places import make_places

NEW_KEY = "9:" + base64.b64encode(bytes(range(32))).decode()
NINA = "12084052710412K"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def awa(transactional_db):
    """Awa, with an identifier, and a phone that was another one before."""
    with transaction.atomic(), everywhere():
        awa = make_cast(make_places()).person("Awa")
        source, words = correction(), {"actor": FATOU, "reason": "papier vu"}
        set_identifier(person=awa, kind="nina", value=NINA, issuer="", source=source, **words)
        correct_person(person=awa, changes={"phone": "66 00 11 22"}, source=source, **words)
        return awa.pk


def rotate(settings):
    """Run the command as the owner, with the new key before the old one."""
    settings.DATA_KEYS = f"{NEW_KEY},{settings.DATA_KEYS}"
    env = os.environ | {
        "GWA_DB_ROLE": "owner",
        "GWA_DATA_KEYS": settings.DATA_KEYS,
        "GWA_STATE_DIR": str(settings.MEDIA_ROOT.parent),
    }
    command = [sys.executable, "-m", "django", "rotate_keys"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own words)


def key_ids():
    """Return the keys that seal phones, identifiers and their former values."""
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT get_byte(phone_sealed, 0) FROM registry_person WHERE phone_sealed IS NOT NULL"
            " UNION SELECT get_byte(value_sealed, 0) FROM registry_identifier"
            " UNION SELECT get_byte((row_before->>'phone_sealed')::bytea, 0) FROM registry_version"
            " WHERE row_before->>'phone_sealed' IS NOT NULL"
            " UNION SELECT get_byte(decode(value #>> '{}', 'hex'), 0) FROM registry_statement"
            " WHERE field = 'phone' AND value #>> '{}' <> ''"
        )
        return {row[0] for row in cursor.fetchall()}


def test_everything_is_sealed_again_and_says_the_same(awa, settings):
    with transaction.atomic(), everywhere():
        phone, versions = Person.objects.get(pk=awa).phone, Version.objects.count()
    assert key_ids() == {1}
    said = rotate(settings)
    assert "5 valeurs sous la nouvelle clé" in said
    assert key_ids() == {9}
    with transaction.atomic(), everywhere():
        assert Person.objects.get(pk=awa).phone == phone == "22366001122"
        assert Identifier.objects.get(person=awa).value == NINA
        stated = {s.stated_value for s in Statement.objects.filter(field="phone")}
        assert stated == {"22376123456", phone}
        assert Version.objects.count() == versions
        assert bytes(Identifier.objects.get().value_index) == blind_index(NINA, kind="nina")


def test_second_factors_and_recovery_codes_serve_under_the_new_key_alone(awa, settings):
    user = make_account("operator")
    codes = RecoveryCodes.activate(user)
    shown = codes.generate_codes()
    codes.mark_as_viewed()

    rotate(settings)

    settings.DATA_KEYS = NEW_KEY
    kept = {one.type: one.wrap() for one in Authenticator.objects.filter(user=user)}
    assert decrypt(kept["totp"].instance.data["secret"]) == SECRET
    assert kept["recovery_codes"].validate_code(shown[7])
    assert not kept["recovery_codes"].validate_code(shown[7])


def test_a_document_opens_under_the_new_key_alone(awa, settings):
    stored = files.store(b"%PDF-1.7 acte")

    rotate(settings)

    settings.DATA_KEYS = NEW_KEY
    assert b"".join(files.read(stored.name)) == b"%PDF-1.7 acte"


def test_a_draft_still_opens_once_the_old_key_is_gone(awa, settings):
    author = User.objects.create_user(username="fatou", email="fatou@gwa.test")
    form, fields = "registry:correct:0190", {"address": ["derrière la mosquée"]}
    keep_draft(author_id=author.pk, form=form, fields=fields)
    kept_at = FormDraft.objects.get().saved_at
    photo = bytes(range(256))
    file = keep_file(author_id=author.pk, form=form, content=photo, media_type="image/png")

    rotate(settings)

    settings.DATA_KEYS = NEW_KEY
    assert read_file(author_id=author.pk, form=form, file_id=file) == (photo, "image/png")
    assert read_draft(author_id=author.pk, form=form) == {"fields": fields, "saved_at": kept_at}


def test_a_draft_that_nobody_can_open_stops_no_rotation(awa, settings):
    author = User.objects.create_user(username="fatou", email="fatou@gwa.test")
    keep_draft(author_id=author.pk, form="registry:correct:0190", fields={"address": ["x"]})
    FormDraft.objects.update(sealed=b"\x01" + bytes(40))

    assert "5 valeurs sous la nouvelle clé" in rotate(settings)


def test_a_second_rotation_under_the_same_key_finds_nothing(awa, settings):
    rotate(settings)
    settings.DATA_KEYS = settings.DATA_KEYS.partition(",")[2]
    assert "Fin : 0 valeurs" in rotate(settings)


def test_history_is_protected_again_afterwards(awa, settings):
    rotate(settings)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname IN"
            " ('registry_version', 'registry_person', 'registry_identifier')"
            " AND relrowsecurity AND relforcerowsecurity"
        )
        assert len(cursor.fetchall()) == 3
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'record_version' AND tgenabled = 'O'"
        )
        assert cursor.fetchone()[0] == 8
