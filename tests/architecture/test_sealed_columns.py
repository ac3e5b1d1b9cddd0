"""Every sealed column is sealed again when keys rotate: one forgotten is lost with its old key."""

import base64
import io
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import BinaryField
from django.utils import timezone

from gwa.common.ids import new_id
from gwa.common.models import DraftFile, FormDraft
from gwa.common.scope import everywhere
from gwa.registry.rotation import SEALED_COLUMNS
from gwa.submissions import storage
from gwa.submissions.models import MadeList, Original
from gwa.testing.cast import make_cast
from gwa.testing.places import make_places
from tests.architecture.routes import make_world

NEW_KEY = "9:" + base64.b64encode(bytes(range(32))).decode()

# `gwa.common.drafts` seals these again, row by row.
ROW_BY_ROW = {(model._meta.db_table, "sealed") for model in (FormDraft, DraftFile)}


def test_a_rotation_reaches_every_sealed_column():
    sealed = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and field.column.endswith("sealed")
    }
    reached = {(column.table, column.column) for column in SEALED_COLUMNS} | ROW_BY_ROW
    assert sealed - reached == set()


@pytest.mark.django_db(transaction=True)
def test_interviews_and_their_files_open_under_the_new_key_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        interview = make_world(cast)["submissions.submission_id"]
        made = MadeList(key=b"k", state="s", md5="0" * 32, rows=2, made_at=timezone.now())
        made.set_content(b"un,deux")
        made.save()
    key = new_id()
    name, _size, _hash = storage.store(io.BytesIO(b"une photo"), key=key)

    rotate(settings)

    settings.DATA_KEYS = NEW_KEY
    with transaction.atomic(), everywhere():
        assert Original.objects.get(pk=interview).xml == b"<data/>"
        assert MadeList.objects.get().content == b"un,deux"
    assert storage.read(name, key=key) == b"une photo"


def rotate(settings) -> None:
    """Run the command as the owner, with the new key before the old one."""
    env = os.environ | {
        "GWA_DB_ROLE": "owner",
        "GWA_DATA_KEYS": f"{NEW_KEY},{settings.DATA_KEYS}",
        "GWA_STATE_DIR": str(settings.MEDIA_ROOT.parent),
    }
    subprocess.run([sys.executable, "-m", "django", "rotate_keys"], env=env, check=True)
