"""The application of telephones as it was built: its files, and what one version of it is.

A telephone takes a version whole or not at all (docs/decisions/0013), so it must know all of its
files: those that the entry names in Vite's manifest, one after another, and those that no entry
names because the program asks for them itself (workers, decoders, fonts).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

FOLDER = "collecte"
ENTRY, WORKER = "src/collecte.ts", "src/sw.ts"
_MANIFEST = "manifest.json"
_UNSERVED = frozenset({_MANIFEST, "gwa-stamp"})


@dataclass(frozen=True, slots=True)
class Application:
    """One build: the script and the styles of its page, all files that it needs, its worker."""

    script: str
    # What the script imports: the page names it, so that nothing comes after another.
    parts: tuple[str, ...]
    styles: tuple[str, ...]
    files: tuple[str, ...]
    worker: str

    def version(self, *more: bytes) -> str:
        """Return the name of this version; another file, or another page, makes another one."""
        told = hashlib.sha256("\0".join(self.files).encode())
        for content in more:
            told.update(content)
        return told.hexdigest()[:16]


def folder() -> Path:
    """Return where Vite writes the application."""
    return Path(settings.BASE_DIR) / "src" / "gwa" / "static" / FOLDER


def read_application() -> Application:
    """Return the application as it is built now. Raises `Http404` where it is not built."""
    manifest = folder() / _MANIFEST
    if not manifest.exists():
        raise Http404
    return _read(manifest, manifest.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(manifest: Path, _changed: int) -> Application:
    chunks = json.loads(manifest.read_text("utf-8"))
    needed = dict.fromkeys(_needed(chunks, ENTRY, set()))
    entries = [name for name, chunk in chunks.items() if chunk.get("isEntry") and name != ENTRY]
    elsewhere = {file for name in entries for file in _needed(chunks, name, set())} - set(needed)
    built = {path.name for path in manifest.parent.iterdir() if path.is_file()}
    return Application(
        script=chunks[ENTRY]["file"],
        parts=tuple(_parts(chunks, ENTRY, set()))[1:],
        styles=tuple(dict.fromkeys(_styles(chunks, ENTRY, set()))),
        files=(*needed, *sorted(built - elsewhere - set(needed) - _UNSERVED)),
        worker=chunks[WORKER]["file"],
    )


def _needed(chunks: Mapping[str, Any], name: str, seen: set[str]) -> Iterator[str]:
    """Give the files of a chunk and of all chunks that it may ask for."""
    if name in seen:
        return
    seen.add(name)
    chunk = chunks[name]
    yield from _files_of(chunk)
    for other in _others(chunk, "imports", "dynamicImports"):
        yield from _needed(chunks, other, seen)


def _parts(chunks: Mapping[str, Any], name: str, seen: set[str]) -> Iterator[str]:
    """Give a script and those that it imports, without those that it may ask for later."""
    if name in seen:
        return
    seen.add(name)
    yield chunks[name]["file"]
    for other in _others(chunks[name], "imports"):
        yield from _parts(chunks, other, seen)


def _styles(chunks: Mapping[str, Any], name: str, seen: set[str]) -> Iterator[str]:
    """Give the styles that a page needs from its start."""
    if name in seen:
        return
    seen.add(name)
    for other in _others(chunks[name], "imports"):
        yield from _styles(chunks, other, seen)
    yield from chunks[name].get("css", ())


def _others(chunk: Mapping[str, Any], *ways: str) -> Sequence[str]:
    return [other for way in ways for other in chunk.get(way, ())]


def _files_of(chunk: Mapping[str, Any]) -> Iterator[str]:
    yield chunk["file"]
    yield from chunk.get("css", ())
    yield from chunk.get("assets", ())
