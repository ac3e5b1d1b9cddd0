"""The house keeps its own rules: file sizes, names, a page per module, a word per table."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PYTHON = sorted(
    path
    for folder in ("src", "launcher", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and "node_modules" not in path.parts
)
NAMELESS = {"utils", "helpers", "managers", "core", "misc"}
MODULES = [name.removeprefix("gwa.") for name in settings.MODULES]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("gwa.")]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {
        str(path.relative_to(ROOT)): lines(path)
        for path in PYTHON
        if lines(path) > (500 if "tests" in path.parts else 400)
    }
    assert long == {}


def test_no_file_is_named_after_nothing():
    nameless = [
        str(path.relative_to(ROOT)) for path in PYTHON if NAMELESS & {path.stem, path.parent.name}
    ]
    assert nameless == []


@pytest.mark.parametrize("module", MODULES)
def test_each_module_has_one_screen_that_says_what_it_is_for(module):
    page = ROOT / "src" / "gwa" / module / "README.md"
    assert page.is_file(), f"{module} has no README.md"
    assert lines(page) <= 60


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_table_has_its_line_in_the_glossary(model):
    words = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert re.search(rf"`{model.__name__}`", words), (
        f"{model.__name__} has no line in docs/glossary.md"
    )
