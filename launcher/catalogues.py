"""Compile the translations (`.po` to `.mo`) with Babel: run by the Python of `.venv`."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale(folder: Path) -> int:
    """Compile each catalogue that changed since, and return how many."""
    stale = 0
    for source in sorted(folder.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, abort_invalid=True)
        draft = compiled.with_suffix(".new")
        with draft.open("wb") as output:
            write_mo(output, catalogue)
        draft.replace(compiled)
        stale += 1
    return stale


if __name__ == "__main__":
    compile_stale(Path(sys.argv[1]))
