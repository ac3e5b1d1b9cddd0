"""Fake households of `questionnaires/scenes/`: tests, trials and estimates are held with them."""

import copy
from typing import Any

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "questionnaires" / "scenes"
# The household that tries a form; it speaks of names and links as any form may ask them.
_OF_FORM = {"rsu-menage": "twelve"}
_USUAL = "shock"

RawScene = dict[str, Any]


class _Plain(yaml.SafeLoader):
    """YAML whose days stay text."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_raw(name: str) -> RawScene:
    """Read a file of the folder: only text and numbers."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: RawScene = yaml.load(text, Loader=_Plain)  # noqa: S506 (a SafeLoader)
    return loaded


def read_scene(name: str, *, modules: str = "", **answers: Any) -> RawScene:  # noqa: ANN401 (any answer)
    """Read a scene with the files of its phone; `answers` replace or complete its own."""
    scene = copy.deepcopy(read_raw(name))
    files: dict[str, str] = dict(read_raw("files"))
    files["campagne.csv"] = files["campagne.csv"].replace("modules,", f"modules,{modules}")
    scene["files"] = {**files, **scene.get("files", {})}
    scene["answers"] |= answers
    return scene


def scene_for(form_id: str, *, modules: str = "") -> RawScene:
    """Read the scene that tries a form."""
    return read_scene(_OF_FORM.get(form_id, _USUAL), modules=modules)
