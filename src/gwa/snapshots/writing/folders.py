"""The folder of a snapshot: written apart, then there at once, for this account alone."""

import os
import shutil
from pathlib import Path

import polars as pl
from django.conf import settings

from gwa.common.sealed_files import keep_names

DRAFT_PREFIX = ".draft-"
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_LEVEL = 1


def root() -> Path:
    """Return the folder of all snapshots, made where it is missing."""
    folder = Path(settings.SNAPSHOT_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    folder.chmod(_FOLDER_MODE)
    return folder


def start_draft(name: str) -> Path:
    """Return an empty folder to write in."""
    draft = root() / f"{DRAFT_PREFIX}{name}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=_FOLDER_MODE)
    return draft


def publish(draft: Path, name: str) -> Path:
    """Give the draft its name: the whole snapshot appears, or nothing of it."""
    for folder in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
        keep_names(folder)
    final = root() / name
    draft.rename(final)
    keep_names(root())
    return final


def point_latest_at(name: str) -> None:
    """Let the link `latest` lead to this snapshot, for tools that do not ask the database."""
    link = root() / ".latest"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.rename(root() / "latest")


def remove(name: str) -> None:
    """Remove a snapshot: it leaves its name first, so that none is ever seen half removed."""
    folder = root() / name
    if not name or not folder.exists():
        return
    gone = root() / f"{DRAFT_PREFIX}gone-{name}"
    shutil.rmtree(gone, ignore_errors=True)
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def sweep(known: set[str]) -> list[str]:
    """Remove the drafts of runs that ended badly, and folders that no snapshot names."""
    unknown = [
        path.name
        for path in root().iterdir()
        if path.is_dir() and not path.is_symlink() and path.name not in known
    ]
    for name in unknown:
        shutil.rmtree(root() / name, ignore_errors=True)
    return unknown


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as Parquet, down to the disk."""
    _make(path.parent)
    frame.write_parquet(path, compression="zstd", compression_level=_LEVEL)
    _close(path)


def write_text(text: str, path: Path) -> None:
    """Write a small file, down to the disk."""
    path.write_text(text, "utf-8")
    _close(path)


def link_table(old: Path, new: Path) -> None:
    """Take a file of the snapshot before: the same bytes under two names, or a copy elsewhere."""
    _make(new.parent)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
        _close(new)


def size_of(name: str) -> int:
    """Return how many bytes the files of a snapshot hold."""
    return sum(path.stat().st_size for path in (root() / name).rglob("*") if path.is_file())


def _make(folder: Path) -> None:
    """Make a folder and those above it, all for this account alone."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(mode=_FOLDER_MODE)


def _close(path: Path) -> None:
    path.chmod(_FILE_MODE)
    with path.open("rb") as file:
        os.fsync(file.fileno())
