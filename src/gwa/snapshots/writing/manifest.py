"""The manifest: what a snapshot holds, under which schema, with proof of each file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

FORMAT = 2
"""Raised when what files or columns mean changes: older snapshots are then never reused."""

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the snapshot. `reused` says that it is the one of the snapshot before."""

    path: str
    table: str
    region: str
    rows: int
    size: int
    sha256: str
    reused: bool

    def as_json(self) -> dict[str, Any]:
        """The entry as the manifest holds it."""
        return {name: getattr(self, name) for name in self.__slots__}


def schema_of(frame: pl.DataFrame) -> list[dict[str, str]]:
    """Describe the columns of a table."""
    return [{"name": name, "type": _say(kind)} for name, kind in frame.schema.items()]


def _say(kind: pl.DataType) -> str:
    """Write a type with the codes it allows: a choice added is another schema."""
    if isinstance(kind, pl.Enum):
        return f"choice({','.join(kind.categories)})"
    if isinstance(kind, pl.List) and isinstance(kind.inner, pl.Enum):
        return f"choices({','.join(kind.inner.categories)})"
    return str(kind).lower()


def hash_schema(schema: Mapping[str, list[dict[str, str]]]) -> str:
    """Return the fingerprint of the schemas of several tables and of the format."""
    text = json.dumps([FORMAT, schema], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a snapshot's folder; None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found
