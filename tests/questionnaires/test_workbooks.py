"""The workbooks that are shipped: current, the same everywhere, accepted by the trade's tools."""

import shutil

import pytest
from pyxform.validators.odk_validate import check_xform

from gwa.questionnaires.authoring.workbook import build_workbook
from tests.questionnaires.conftest import FOLDERS

IDS = [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("name", IDS)
def test_a_workbook_is_what_its_sources_say_to_the_byte(shipped, name):
    form = shipped[name].form
    book = build_workbook(form)
    assert book == build_workbook(form)
    assert book == form.workbook.read_bytes(), "run ./gwa manage build_questionnaires"


@pytest.mark.parametrize("name", IDS)
def test_a_workbook_converts_without_a_warning(shipped, name):
    assert shipped[name].warnings == []


@pytest.mark.skipif(not shutil.which("java"), reason="ODK Validate needs Java")
@pytest.mark.parametrize("name", IDS)
def test_the_engine_of_odk_collect_accepts_a_form(shipped, name, tmp_path):
    path = tmp_path / f"{name}.xml"
    path.write_text(shipped[name].xform, encoding="utf-8")
    assert check_xform(str(path)) == []
