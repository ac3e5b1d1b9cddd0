"""Every sealed column is sealed again when keys rotate: one forgotten is lost with its old key."""

from django.apps import apps
from django.db.models import BinaryField

from gwa.common.models import DraftFile, FormDraft
from gwa.registry.rotation import SEALED_COLUMNS

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
