"""Each variable of the environment that the program reads is explained to whoever operates it."""

import re
from pathlib import Path

READ = re.compile(r"""os\.environ(?:\.get)?[\[(]\s*"([A-Z][A-Z_]+)\"""")
# The launcher passes these on for the tests alone.
OF_TESTS = {"GWA_TEST_TEMPLATE", "GWA_TEST_RUN"}


def test_every_variable_is_in_the_operators_guide():
    read = set()
    for folder in ("src/gwa", "launcher"):
        for file in Path(folder).rglob("*.py"):
            if "tests" not in file.parts:
                read |= set(READ.findall(file.read_text(encoding="utf-8")))
    assert {"DATABASE_URL", "GWA_SECOND_FACTOR"} <= read
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", Path("docs/operate/settings.md").read_text()))
    assert read - OF_TESTS - {"PATH", "HOME", "LANG", "NO_COLOR", "TERM"} <= explained
    assert explained - {"WARNING"} <= read
