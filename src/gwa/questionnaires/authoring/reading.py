"""Read a form's folder: its head, its sections in order, and what they lean on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from gwa.questionnaires.authoring.texts import SourceFault, Text, read_text, text_keys
from gwa.questionnaires.rules.asked import Conditions
from gwa.variables.files import read_folder, read_yaml
from gwa.variables.rules.definitions import Dictionary

Raw = Mapping[str, Any]

HEAD = "form.yaml"
AUDIO = ".mp3"


@dataclass(frozen=True)
class Form:
    """The sources of one form, read and not yet turned into rows."""

    folder: Path
    head: Raw
    sections: Mapping[str, Raw]
    dictionary: Dictionary
    conditions: Conditions
    lists: Mapping[str, Raw]
    languages: Mapping[str, str]
    messages: Mapping[str, Text]
    translations: Mapping[str, Raw] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The form's identifier, which is its folder's name."""
        return self.folder.name

    @property
    def workbook(self) -> Path:
        """Where the workbook is kept, beside the sources."""
        return self.folder / f"{self.id}.xlsx"

    @cached_property
    def modules(self) -> Mapping[str, Text]:
        """What a campaign may ask besides the core, with its name."""
        raw = self.head.get("modules") or {}
        return {name: self.text(labels, f"modules.{name}") for name, labels in raw.items()}

    def text(self, raw: Raw, where: str) -> Text:
        """Read a text of the sources."""
        return read_text(raw, self.languages, where)

    @cached_property
    def text_keys(self) -> frozenset[str]:
        """The keys under which a node may hold its label."""
        return text_keys(self.languages)

    def audio(self, name: str, language: str) -> str:
        """Return the file of a question spoken in a language, where somebody recorded it."""
        file = f"{name}-{language}{AUDIO}"
        return file if (self.folder.parent / "media" / file).is_file() else ""


def read_form(folder: Path) -> Form:
    """Read the sources of the form of a folder."""
    common = folder.parent
    head = read_yaml(folder / HEAD)
    dictionary = (folder / str(head["dictionary"])).resolve()
    languages = {
        code: f"{name} ({code})" for code, name in read_yaml(common / "languages.yaml").items()
    }
    messages = read_yaml(common / "messages.yaml")
    return Form(
        folder=folder,
        head=head,
        sections=dict(_read_section(folder, name) for name in head["sections"]),
        dictionary=read_folder(dictionary).dictionary,
        conditions=read_yaml(dictionary / "asked_when.yaml"),
        lists={
            name: read_yaml(folder / f"{file}.yaml")
            for name, file in (head.get("lists") or {}).items()
        },
        languages=languages,
        messages={
            name: read_text(raw, languages, f"messages.{name}") for name, raw in messages.items()
        },
        translations={
            file.stem: read_yaml(file) for file in sorted(common.glob("translations/*.yaml"))
        },
    )


def _read_section(folder: Path, name: str) -> tuple[str, Raw]:
    path = (folder / f"{name}.yaml").resolve()
    if not path.is_file():
        raise SourceFault(HEAD, f"no section {name}")
    return path.stem, _include(read_yaml(path), path.parent)


def _include(raw: Raw, folder: Path) -> Raw:
    """Put the content of the file that a node names in its place: `birth: {include: birth}`."""
    if "include" in raw:
        path = folder / f"{raw['include']}.yaml"
        if not path.is_file():
            raise SourceFault(str(folder.name), f"no file {path.name}")
        return _include(read_yaml(path), path.parent)
    questions = raw.get("questions")
    if not questions:
        return raw
    bodies = {name: _include(body or {}, folder) for name, body in questions.items()}
    return {**raw, "questions": bodies}
