"""The forms as they are shipped, converted once for all tests."""

from dataclasses import dataclass

import pytest
from django.conf import settings
from pyxform.xls2xform import convert

from gwa.questionnaires.authoring.reading import HEAD, Form, read_form

FOLDERS = sorted(path.parent for path in (settings.BASE_DIR / "questionnaires").glob(f"*/{HEAD}"))


@dataclass(frozen=True)
class Shipped:
    """One form: its sources, and what its workbook becomes."""

    form: Form
    xform: str
    warnings: list[str]


@pytest.fixture(scope="session")
def shipped() -> dict[str, Shipped]:
    forms = {}
    for folder in FOLDERS:
        form = read_form(folder)
        converted = convert(form.workbook.read_bytes(), form_name="data")
        forms[form.id] = Shipped(form, converted.xform, converted.warnings)
    return forms


@pytest.fixture(scope="session")
def full(shipped) -> Shipped:
    return shipped["rsu-menage"]
