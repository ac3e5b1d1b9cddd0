"""The engine as the application has it asks, refuses and writes what its authors' own does."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from pyxform.xls2xform import convert

from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import Interview, hold_interview

HOOKS = settings.BASE_DIR / "web" / "shared" / "tests" / "typescript.mjs"
FORMS = settings.BASE_DIR / "questionnaires"
# What is new in each interview: ids, and the second.
_PASSING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d:\d\d\.\d+")


@pytest.mark.parametrize(
    ("form", "scene", "modules"),
    [("rsu-menage", "update", "washington_group food land"), ("rsu-choc", "shock", "")],
)
def test_an_interview_is_the_same_on_either(form, scene, modules, monkeypatch):
    workbook = (FORMS / form / f"{form}.xlsx").read_bytes()
    xform = convert(workbook, file_type=".xlsx", form_name="data").xform
    told = read_scene(scene, modules=modules)
    plain = hold_interview(xform, told)
    monkeypatch.setenv("NODE_OPTIONS", f"--import file://{HOOKS}")
    lighter = hold_interview(xform, told)
    assert lighter.asked == plain.asked
    assert lighter.refused == plain.refused
    assert written(lighter) == written(plain)


def written(interview: Interview) -> str:
    """Return the submission without what is new each time."""
    return _PASSING.sub("…", ElementTree.tostring(interview.submission, encoding="unicode"))
