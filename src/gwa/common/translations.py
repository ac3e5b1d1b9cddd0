"""Catalogues of translation: French is in the source, English must be complete.

`python -m gwa.common.translations update | compile | check [MODULE …]`

Each module keeps `locale/en/LC_MESSAGES/django.po` (every string) and `locale/fr/…` (strings with a
plural only: without them French says "0 ménages"). Babel reads Python and templates; GNU gettext
is not needed. Strings are typed with ordinary spaces and apostrophes: compiling typesets them.
"""

import argparse
import io
import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import gwa
from gwa.common import typography
from gwa.common.typography import typeset

Words = str | tuple[str, ...]

SOURCE = Path(gwa.__file__).parent
# What compiled catalogues depend on, besides the words.
RULES = (Path(__file__), Path(typography.__file__))
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
HEADER = "# Gwa, module {module}. Written by hand, kept in step by gwa.common.translations.\n"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One string that a reader would see in the wrong language."""

    module: str
    language: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.module} [{self.language}] {self.reason}: {self.text}"


def modules() -> list[Path]:
    """List the modules: Django reads catalogues from its applications only."""
    return sorted(path.parent for path in SOURCE.glob("*/apps.py"))


def find_files(module: Path) -> Iterator[Path]:
    """Walk through the Python files and templates of one module, tests apart."""
    for path in sorted(module.rglob("*")):
        inside = path.relative_to(module).parts
        is_template = path.suffix in {".html", ".txt"} and "templates" in inside
        if "tests" not in inside and (path.suffix == ".py" or is_template):
            yield path


def extract_module(module: Path) -> Catalog:
    """Read every string of one module that is marked for translation."""
    catalog = Catalog(project="gwa", charset="utf-8", fuzzy=False)
    for path in find_files(module):
        place = path.relative_to(SOURCE).as_posix()
        for line, words, comments, context in _extract_file(path):
            catalog.add(
                words, locations=[(place, line)], auto_comments=comments, context=context or None
            )
    return catalog


def _extract_file(path: Path) -> Iterator[tuple[int, Words, list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django blanks out what is no call; Babel reads the rest as Python, without indentation.
        lines = templatize(text, origin=str(path)).split("\n")
        text = "\n".join(line.lstrip() for line in lines)
    yield from extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    )


def catalogue_path(module: Path, language: str) -> Path:
    """Return where a module keeps one language."""
    return module / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(module: Path, language: str) -> Catalog:
    """Read what is translated so far."""
    path = catalogue_path(module, language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(module: Path) -> None:
    """Bring both catalogues of a module in step with its source; translations are kept."""
    found = extract_module(module)
    for language in ("en", "fr"):
        wanted = list(_wanted(found, language))
        old = read_catalogue(module, language)
        new = Catalog(
            locale=language,
            project="gwa",
            charset="utf-8",
            fuzzy=False,
            header_comment=HEADER.format(module=module.name).rstrip(),
        )
        for message in wanted:
            known = old.get(message.id, message.context)
            new.add(
                message.id,
                string=known.string if known else "",
                locations=[(place, 0) for place in _places(message)],
                flags=[flag for flag in message.flags if flag != "fuzzy"],
                context=message.context,
            )
        path = catalogue_path(module, language)
        if not wanted:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(new, language))


def _wanted(found: Catalog, language: str) -> Iterator[Message]:
    for message in found:
        if message.id and (language == "en" or message.pluralizable):
            yield message


def _places(message: Message) -> list[str]:
    return sorted({place for place, _ in message.locations})


def _written(catalog: Catalog, language: str) -> bytes:
    """Write without dates or versions, so that a catalogue changes only with its words."""
    output = io.BytesIO()
    write_po(output, catalog, width=96, sort_output=True, omit_header=True, include_lineno=False)
    header = (
        f"{catalog.header_comment}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    )
    return header.encode() + output.getvalue()


def compile_catalogues(module: Path) -> None:
    """Write the `.mo` files that Django reads, typeset, where a catalogue changed since.

    The French one holds every string, so that the source is typed with ordinary spaces.
    """
    sources = [catalogue_path(module, language) for language in ("en", "fr")]
    changed = max(path.stat().st_mtime for path in (*sources, *RULES) if path.exists())
    compiled = [path.with_suffix(".mo") for path in sources]
    if all(path.exists() and path.stat().st_mtime >= changed for path in compiled):
        return
    english, french = read_catalogue(module, "en"), read_catalogue(module, "fr")
    for message in english:
        if message.id and not message.pluralizable:
            french.add(message.id, string=message.id, context=message.context)
    for catalogue, path in zip((english, french), compiled, strict=True):
        _write_compiled(catalogue, path)


def _write_compiled(catalogue: Catalog, path: Path) -> None:
    language = str(catalogue.locale)
    for message in catalogue:
        if not message.id:
            continue  # the header
        if isinstance(message.string, str):
            message.string = typeset(message.string, language)
        else:
            message.string = tuple(typeset(words, language) for words in message.string or ())
    path.parent.mkdir(parents=True, exist_ok=True)
    # A server may be reading the one before, and another start be compiling too.
    draft = path.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(path)


def check(module: Path) -> list[Flaw]:
    """Find the strings that one of the two languages would show wrong."""
    found = extract_module(module)
    flaws = []
    for language in ("en", "fr"):
        known = read_catalogue(module, language)
        for message in _wanted(found, language):
            reason = _reason(known.get(message.id, message.context), message)
            if reason:
                flaws.append(Flaw(module.name, language, _first(message.id), reason))
        wanted = {(_first(m.id), m.context) for m in _wanted(found, language)}
        flaws += [
            Flaw(module.name, language, _first(message.id), "no longer in the source")
            for message in known
            if message.id and (_first(message.id), message.context) not in wanted
        ]
    return flaws


def find_disagreements() -> list[Flaw]:
    """Find strings that two modules translate otherwise: Django would show one of them for both.

    Where a word means two things, `pgettext` tells them apart.
    """
    told: dict[tuple[str, str | None], dict[str, str]] = {}
    for module in modules():
        for message in read_catalogue(module, "en"):
            if message.id:
                key = (_first(message.id), message.context)
                told.setdefault(key, {})[str(message.string)] = module.name
    return [
        Flaw(" and ".join(sorted(by.values())), "en", text, "translated in two ways")
        for (text, _context), by in told.items()
        if len(by) > 1
    ]


def _reason(known: Message | None, message: Message) -> str:
    if known is None:
        return "not in the catalogue"
    if known.fuzzy:
        return "fuzzy"
    words = [known.string] if isinstance(known.string, str) else list(known.string or ())
    if message.pluralizable and len(words) < 2:
        return "without plural"
    if not all(words):
        return "untranslated"
    mistakes = [str(error) for error in known.check()]
    return mistakes[0] if mistakes else ""


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def main(words: Iterable[str] | None = None) -> int:
    """Run one of the three commands on all modules or those named."""
    parser = argparse.ArgumentParser(prog="python -m gwa.common.translations")
    parser.add_argument("command", choices=["update", "compile", "check"])
    parser.add_argument("module", nargs="*", help="registry, zones…; all when none is named")
    options = parser.parse_args(None if words is None else list(words))
    chosen = [m for m in modules() if not options.module or m.name in options.module]
    flaws: list[Flaw] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        for module in chosen:
            if options.command == "update":
                update(module)
            elif options.command == "compile":
                compile_catalogues(module)
            else:
                flaws += check(module)
    if options.command == "check":
        flaws += find_disagreements()
    sys.stdout.writelines(f"{flaw}\n" for flaw in flaws)
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
