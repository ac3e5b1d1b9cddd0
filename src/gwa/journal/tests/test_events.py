"""What the program records has a name in words, and so has each kind of record it names."""

import re
from pathlib import Path

import pytest
from django.apps import apps

import gwa
from gwa.journal.events import all_events, all_subjects

SOURCE = Path(gwa.__file__).parent
CODE = re.compile(r"""\brecord\(\s*"([a-z_]+\.[a-z_]+)\"""")


def test_every_action_recorded_has_a_name():
    files = (
        file for file in SOURCE.rglob("*.py") if "test" not in file.as_posix().split("gwa/")[-1]
    )
    recorded = {code for file in files for code in CODE.findall(file.read_text())}
    assert len(recorded) > 50
    assert recorded - all_events().keys() == set()


@pytest.mark.parametrize("model", all_subjects())
def test_every_kind_of_record_is_named_by_a_field_it_has(model):
    field = all_subjects()[model].field
    assert str(apps.get_model(model).objects.values_list(field or "pk").query)
