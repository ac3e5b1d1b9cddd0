"""The modules of a form: what a campaign may ask besides the core, and the minutes they add."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.pace import estimate_minutes
from gwa.questionnaires.queries.pages import pick
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.scenes import scene_for
from gwa.questionnaires.xform.definitions import Choice, Form, Path, Texts
from gwa.questionnaires.xform.filling import Asked, fill_form
from gwa.questionnaires.xform.filling.lists import read_list
from gwa.questionnaires.xform.filling.scenes import Scene

# The list of choices in which a form says which modules it has (decision 10).
LIST = "modules"
_OF_MODULE = re.compile(r"selected\(\s*[^,()]*/modules\s*,\s*'(\w+)'\s*\)")


@dataclass(frozen=True, slots=True)
class Module:
    """A part beyond the core: its name in the form, its words, the minutes that it adds."""

    name: str
    labels: Texts
    minutes: float


@dataclass(frozen=True, slots=True)
class Length:
    """What the core of a form takes and each module on top, for a household of so many people."""

    core: float
    people: int
    modules: tuple[Module, ...]


def saved_by_core(version: FormVersion) -> frozenset[str]:
    """Return the variables that the form saves whatever the campaign: those of no module."""
    form = form_of(version)
    return frozenset(
        one.save_to for one in form.questions if one.save_to and not _module_of(form, one.path)
    )


def _module_of(form: Form, path: Path) -> str:
    """Name the module that a question belongs to: it, or a group around it, asks for it."""
    around = (form.groups_by_path.get(path[:end]) for end in range(1, len(path)))
    rules = [form.by_path[path].relevant, *(one.relevant for one in around if one is not None)]
    return next((found[1] for rule in rules if (found := _OF_MODULE.search(rule))), "")


def modules_of(version: FormVersion) -> tuple[Choice, ...]:
    """Return the modules that a form says it has."""
    return _modules(form_of(version))


def name_modules(language: str) -> dict[tuple[int, str], str]:
    """Return what the modules of the forms in service are called, by form and name."""
    versions = FormVersion.objects.in_service().defer("workbook", "xform")
    return {
        (version.form_id, one.code): pick(one.labels, language) or one.code
        for version in versions
        for one in modules_of(version)
    }


def length_of(version: FormVersion) -> Length:
    """Estimate the minutes of the core and of each module."""
    return _measure(form_of(version))


def _modules(form: Form) -> tuple[Choice, ...]:
    found = form.lists_by_name.get(LIST)
    return () if found is None else found.choices


@lru_cache(maxsize=16)
def _measure(form: Form) -> Length:
    """Let the scene's household answer everything, and sort the minutes by module."""
    modules = _modules(form)
    scene = scene_for(form.form_id, modules=" ".join(one.code for one in modules))
    lines = scene.get("lines", {})
    ended = dt.datetime.fromisoformat(f"{scene['today']}T12:00:00+00:00")
    files = {name.removesuffix(".csv"): text for name, text in scene["files"].items()}
    filled = fill_form(
        form,
        Scene(scene["answers"], lines),
        instance_id=UUID(int=1),
        started=ended,
        ended=ended,
        lists={name: read_list(name, text) for name, text in files.items()},
    )
    asked: dict[str, list[Asked]] = {}
    for one in filled.asked:
        asked.setdefault(_module_of(form, one.question.path), []).append(one)
    minutes = {name: estimate_minutes(some) for name, some in asked.items()}
    return Length(
        core=minutes.get("", 0),
        people=max(map(len, lines.values()), default=0),
        modules=tuple(Module(one.code, one.labels, minutes.get(one.code, 0)) for one in modules),
    )
