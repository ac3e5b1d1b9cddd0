"""Read a dictionary written as YAML, and refuse it with every fault at once."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from gwa.common.text import fold
from gwa.variables.rules.definitions import (
    CODED,
    NUMBERS,
    ChoiceDefinition,
    Dictionary,
    Labels,
    Level,
    SectionDefinition,
    Storage,
    ValueType,
    VariableDefinition,
)
from gwa.variables.rules.mapping_text import read_mapping
from gwa.variables.rules.mappings import VersionMapping

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,62}")
LANGUAGE_KEYS = frozenset({"fr", "en", "bm"})
_SECTION_KEYS = LANGUAGE_KEYS | {"level", "core", "refresh_months", "note", "variables"}
_VARIABLE_KEYS = LANGUAGE_KEYS | {
    "type", "level", "storage", "choices", "unit", "min", "max", "decimals",
    "sensitive", "from_age", "to_age", "relevance", "note",
}  # fmt: skip
# The registry never asks for these: security.md §7. Folded words, matched whole.
_FORBIDDEN = re.compile(
    r"\b(ethnie|ethnies|ethnique|ethnic|ethnicity|tribu|tribe|tribal|religion|religions|religieux"
    r"|religieuse|religious|musulman|muslim|chretien|christian|parti politique|political party)\b"
)

Choice_ = TypeVar("Choice_", bound=StrEnum)


class FaultKind(StrEnum):
    """The closed list of faults of a dictionary file."""

    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    BAD_NAME = "bad_name"
    BAD_VALUE = "bad_value"
    NAMED_TWICE = "named_twice"
    SAME_LABEL = "same_label"
    CHOICES_MISSING = "choices_missing"
    CHOICES_UNWANTED = "choices_unwanted"
    RANGE_UNWANTED = "range_unwanted"
    RANGE_REVERSED = "range_reversed"
    AGES_UNWANTED = "ages_unwanted"
    FORBIDDEN_SUBJECT = "forbidden_subject"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault and where it is: `section.variable`."""

    kind: FaultKind
    where: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a dictionary file says: the dictionary, the version it follows and how."""

    dictionary: Dictionary
    follows: int | None
    mapping: VersionMapping
    digest: str


@dataclass(slots=True)
class _Reader:
    """Collects faults while the file is read."""

    faults: list[Fault] = field(default_factory=list)

    def refuse(self, kind: FaultKind, where: str, what: object = "") -> None:
        self.faults.append(Fault(kind, where, str(what)))


def read_content(
    raw: Mapping[str, Any], sections: Mapping[str, Mapping[str, Any]]
) -> Content | list[Fault]:
    """Read the head of a dictionary and its sections by name; all faults, or the content."""
    reader = _Reader()
    number = raw.get("number")
    if not isinstance(number, int) or number < 1:
        reader.refuse(FaultKind.BAD_VALUE, "number", number)
    shared = raw.get("choice_lists", {})
    units = raw.get("units", {})
    read: list[tuple[SectionDefinition, list[VariableDefinition]]] = [
        _read_section(reader, name, sections[name], shared, units) for name in raw["sections"]
    ]
    variables = tuple(variable for _section, found in read for variable in found)
    _refuse_twice(reader, variables)
    mapping = read_mapping(raw.get("changes") or {})
    if isinstance(mapping, str):
        reader.refuse(FaultKind.BAD_VALUE, "changes", mapping)
        mapping = {}
    labels = _read_labels(reader, "labels", raw.get("labels") or {})
    if reader.faults:
        return reader.faults
    dictionary = Dictionary(
        number=int(raw["number"]),
        labels=labels,
        sections=tuple(section for section, _found in read),
        variables=variables,
        languages=dict(raw.get("languages") or {}),
    )
    return Content(
        dictionary, raw.get("follows"), mapping, hash_content(dictionary, raw.get("changes"))
    )


def hash_content(dictionary: Dictionary, changes: object = None) -> str:
    """Give the SHA-256 of everything a version says, whatever the layout of its files."""
    content = {
        "dictionary": {
            "number": dictionary.number,
            "labels": dictionary.labels,
            "languages": dictionary.languages,
            "sections": [asdict(section) for section in dictionary.sections],
            "variables": [asdict(variable) for variable in dictionary.variables],
        },
        "changes": changes or {},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _read_section(
    reader: _Reader,
    name: str,
    raw: Mapping[str, Any],
    shared: Mapping[str, Any],
    units: Mapping[str, Any],
) -> tuple[SectionDefinition, list[VariableDefinition]]:
    if not NAME.fullmatch(name):
        reader.refuse(FaultKind.BAD_NAME, name)
    for key in raw.keys() - _SECTION_KEYS:
        reader.refuse(FaultKind.UNKNOWN_KEY, name, key)
    section = SectionDefinition(
        name=name,
        labels=_read_labels(reader, name, raw),
        is_core=bool(raw.get("core", True)),
        refresh_months=_read_count(reader, name, raw, "refresh_months"),
        note=_read_note(reader, name, raw.get("note")),
    )
    default = {"level": raw.get("level")}
    found = [
        _read_variable(reader, section.name, key, {**default, **body}, shared, units)
        for key, body in (raw.get("variables") or {}).items()
    ]
    if not found:
        reader.refuse(FaultKind.MISSING, name, "variables")
    return section, found


def _read_variable(
    reader: _Reader,
    section: str,
    name: str,
    raw: Mapping[str, Any],
    shared: Mapping[str, Any],
    units: Mapping[str, Any],
) -> VariableDefinition:
    where = f"{section}.{name}"
    if not isinstance(name, str) or not NAME.fullmatch(name):
        reader.refuse(FaultKind.BAD_NAME, where)
    for key in raw.keys() - _VARIABLE_KEYS:
        reader.refuse(FaultKind.UNKNOWN_KEY, where, key)
    variable = VariableDefinition(
        name=str(name),
        section=section,
        level=_read_word(reader, where, raw, "level", Level.HOUSEHOLD),
        type=_read_word(reader, where, raw, "type", ValueType.TEXT),
        labels=_read_labels(reader, where, raw),
        storage=_read_word(
            reader, where, {"storage": "answers", **raw}, "storage", Storage.ANSWERS
        ),
        choices=_read_choices(reader, where, raw.get("choices"), shared),
        unit=_read_unit(reader, where, raw.get("unit"), units),
        minimum=_read_decimal(reader, where, raw, "min"),
        maximum=_read_decimal(reader, where, raw, "max"),
        decimals=_read_count(reader, where, raw, "decimals") or 0,
        sensitive=bool(raw.get("sensitive", False)),
        from_age=_read_count(reader, where, raw, "from_age"),
        to_age=_read_count(reader, where, raw, "to_age"),
        relevance=_read_note(reader, where, raw.get("relevance")),
        note=_read_note(reader, where, raw.get("note")),
    )
    for kind, what in _list_contradictions(variable):
        reader.refuse(kind, where, what)
    return variable


def _list_contradictions(variable: VariableDefinition) -> Iterator[tuple[FaultKind, str]]:
    if variable.type in CODED and not variable.choices:
        yield FaultKind.CHOICES_MISSING, ""
    if variable.type not in CODED and variable.choices:
        yield FaultKind.CHOICES_UNWANTED, ""
    if variable.type not in NUMBERS and (variable.minimum, variable.maximum) != (None, None):
        yield FaultKind.RANGE_UNWANTED, ""
    if None not in (variable.minimum, variable.maximum) and variable.minimum > variable.maximum:  # type: ignore[operator] # both are known here
        yield FaultKind.RANGE_REVERSED, ""
    if (variable.type == ValueType.DECIMAL) != (1 <= variable.decimals <= 6):
        yield FaultKind.BAD_VALUE, "decimals"
    if variable.level != Level.PERSON and (variable.from_age, variable.to_age) != (None, None):
        yield FaultKind.AGES_UNWANTED, ""
    labels = [(lang, text) for choice in variable.choices for lang, text in choice.labels.items()]
    folded = [(language, fold(text)) for language, text in labels]
    for language, text in sorted({pair for pair in folded if folded.count(pair) > 1}):
        yield FaultKind.SAME_LABEL, f"{language}: {text}"
    texts = [variable.name.replace("_", " "), *variable.labels.values(), *(t for _l, t in labels)]
    for text in texts:
        if match := _FORBIDDEN.search(fold(text)):
            yield FaultKind.FORBIDDEN_SUBJECT, match[0]


def _refuse_twice(reader: _Reader, variables: tuple[VariableDefinition, ...]) -> None:
    seen: dict[str, str] = {}
    for variable in variables:
        first = seen.setdefault(variable.name, variable.section)
        if first != variable.section:
            reader.refuse(FaultKind.NAMED_TWICE, f"{variable.section}.{variable.name}", first)


def _read_labels(reader: _Reader, where: str, raw: Mapping[str, Any]) -> Labels:
    for language in ("fr", "en"):
        if not raw.get(language):
            reader.refuse(FaultKind.MISSING, where, language)
    return _read_texts(reader, where, raw)


def _read_note(reader: _Reader, where: str, raw: Mapping[str, Any] | None) -> Labels:
    return _read_labels(reader, where, raw) if raw else {}


def _read_texts(reader: _Reader, where: str, raw: Mapping[str, Any]) -> Labels:
    texts = {language: raw[language] for language in ("fr", "en", "bm") if raw.get(language)}
    for language, text in texts.items():
        if not isinstance(text, str):
            reader.refuse(FaultKind.BAD_VALUE, where, f"{language}: {text}")
    return texts


def _read_choices(
    reader: _Reader, where: str, raw: object, shared: Mapping[str, Any]
) -> tuple[ChoiceDefinition, ...]:
    if isinstance(raw, str):
        if raw not in shared:
            reader.refuse(FaultKind.BAD_VALUE, where, f"choices: {raw}")
        raw = shared.get(raw)
    if not isinstance(raw, Mapping):
        return ()
    for code in raw:
        if not isinstance(code, str) or not CODE.fullmatch(code):
            reader.refuse(FaultKind.BAD_NAME, f"{where}.{code}")
    return tuple(
        ChoiceDefinition(str(code), _read_labels(reader, f"{where}.{code}", labels))
        for code, labels in raw.items()
    )


def _read_unit(reader: _Reader, where: str, name: object, units: Mapping[str, Any]) -> Labels:
    if name is None:
        return {}
    if not isinstance(name, str) or name not in units:
        reader.refuse(FaultKind.BAD_VALUE, where, f"unit: {name}")
        return {}
    return _read_texts(reader, where, units[name])


def _read_word(
    reader: _Reader, where: str, raw: Mapping[str, Any], key: str, default: Choice_
) -> Choice_:
    try:
        return type(default)(str(raw.get(key)))
    except ValueError:
        reader.refuse(FaultKind.BAD_VALUE, where, f"{key}: {raw.get(key)}")
        return default


def _read_count(reader: _Reader, where: str, raw: Mapping[str, Any], key: str) -> int | None:
    value = raw.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    reader.refuse(FaultKind.BAD_VALUE, where, f"{key}: {value}")
    return None


def _read_decimal(reader: _Reader, where: str, raw: Mapping[str, Any], key: str) -> Decimal | None:
    if raw.get(key) is None:
        return None
    try:
        return Decimal(str(raw[key]))
    except InvalidOperation:
        reader.refuse(FaultKind.BAD_VALUE, where, f"{key}: {raw[key]}")
        return None
