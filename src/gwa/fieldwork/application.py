"""The application of telephones as it was built: its files, and what one version of it is.

A telephone takes a version whole or not at all (docs/decisions/0013), so it must know all of its
files: those that the entry names in Vite's manifest, one after another, and those that no entry
names because the program asks for them itself (workers, decoders, fonts).
"""

import base64
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
    """One build: the script and the styles of its page, its worker, and all files that it needs.

    Each file has its fingerprint: half of it, or the page of a hotspot in its place, is none.
    """

    script: str
    # What the script imports: the page names it, so that nothing comes after another.
    parts: tuple[str, ...]
    styles: tuple[str, ...]
    files: Mapping[str, str]
    worker: str


def fingerprint(content: bytes) -> str:
    """Return what a browser compares a file with before it takes it (Subresource Integrity)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def name_version(files: Mapping[str, str]) -> str:
    """Name a version by its files; another file, or another page, makes another one."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


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
    files = (*needed, *sorted(built - elsewhere - set(needed) - _UNSERVED))
    return Application(
        script=chunks[ENTRY]["file"],
        parts=tuple(_parts(chunks, ENTRY, set()))[1:],
        styles=tuple(dict.fromkeys(_styles(chunks, ENTRY, set()))),
        files={name: fingerprint((manifest.parent / name).read_bytes()) for name in files},
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
