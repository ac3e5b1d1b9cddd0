"""Labels, hints and messages, in each language of the form; pictures and sounds are left aside."""

import re
from collections.abc import Mapping

from gwa.questionnaires.xform.definitions import Path, Texts
from gwa.questionnaires.xform.faults import FaultKind
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.reading.reader import Reader

_CODE = re.compile(r"\(\s*([\w-]+)\s*\)\s*$")
_REFERENCE = re.compile(r"\s*jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")
# What pyxform writes where a translation is missing.
_ABSENT = "-"
# Which of the values of one text is the one that people read.
_FORMS = ("", "long", "short")


def read_texts(reader: Reader, model: Node) -> tuple[str, ...]:
    """Read all translations into the reader, and return the languages, the default first."""
    itext = model.find("itext")
    if itext is None:
        return ()
    translations = sorted(
        itext.named("translation"), key=lambda one: one.attributes.get("default", "") != "true()"
    )
    names = [one.attributes.get("lang", "") for one in translations]
    codes = [_read_code(name) for name in names]
    if len(set(codes)) < len(codes):
        codes = names
    texts: dict[str, dict[str, str]] = {}
    for code, translation in zip(codes, translations, strict=True):
        for text in translation.named("text"):
            name = text.attributes.get("id", "")
            found = texts.setdefault(name, {})
            value = _choose(text)
            if value is not None:
                found[code] = render(value)
                reader.shown.setdefault(name, []).extend(_list_shown(value))
    reader.texts = {name: _without_absent(found) for name, found in texts.items()}
    return tuple(codes)


def _read_code(language: str) -> str:
    """Read `fr` in `Français (fr)`; a form that names no language has the default one."""
    found = _CODE.search(language)
    if found:
        return found[1]
    return "" if language == "default" else language


def _choose(text: Node) -> Node | None:
    values = {value.attributes.get("form", ""): value for value in text.named("value")}
    return next((values[form] for form in _FORMS if form in values), None)


def _list_shown(element: Node) -> list[str]:
    """List the expressions whose values an element shows."""
    return [output.attributes.get("value", "") for output in element.named("output")]


def _without_absent(texts: Mapping[str, str]) -> Texts:
    if set(texts.values()) == {_ABSENT}:
        return texts
    return {language: text for language, text in texts.items() if text not in ("", _ABSENT)}


def render(element: Node) -> str:
    """Give the text of an element, with `${age}` where it shows an answer."""
    shown = [_render_child(child) + child.tail for child in element.children]
    return "".join((element.text, *shown)).strip()


def _render_child(child: Node) -> str:
    value = child.attributes.get("value") or child.attributes.get("ref")
    if child.name != "output" or value is None:
        return child.text
    return f"${{{value.strip().rpartition('/')[2].strip()}}}"


def read_label(reader: Reader, where: Path, element: Node | None) -> Texts:
    """Read a label or a hint: the texts that it refers to, or its own."""
    if element is None:
        return {}
    for shown in _list_shown(element):
        reader.check(where, element.name, shown)
    found = refer(reader, where, element.attributes.get("ref", ""))
    if found is not None:
        return found
    own = render(element)
    return {"": own} if own else {}


def read_message(reader: Reader, where: Path, message: str) -> Texts:
    """Read a message in an attribute: a reference to texts, or the text itself."""
    found = refer(reader, where, message)
    if found is not None:
        return found
    return {"": message.strip()} if message.strip() else {}


def refer(reader: Reader, where: Path, reference: str) -> Texts | None:
    """Give the texts that `jr:itext('name')` names; None where it is no such reference."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    name = found[1] or found[2] or ""
    if name not in reader.texts:
        reader.refuse(FaultKind.UNKNOWN_TEXT, where, name)
    for shown in reader.shown.get(name, ()):
        reader.check(where, "label", shown)
    return reader.texts.get(name, {})
