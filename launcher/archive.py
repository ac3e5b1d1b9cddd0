"""A backup: one tar file with the database, the files of people, and what they must be equal to.

The keys are never inside: they are kept apart (docs/operate/cles.md).
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from launcher import machine
from launcher.database import connect_by, find_programs, server_version
from launcher.fingerprints import one_instant
from launcher.talk import LiveLine, Stop

_DUMP, _MANIFEST, _FILES = "database.dump", "manifest.json", "files"
_FORMAT = 1
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows and fingerprint of each table, SHA-256 of each file."""

    format: int
    made_at: str
    gwa: str
    postgres: int
    dump: str
    tables: Mapping[str, list[int]]
    files: Mapping[str, str]

    def count_rows(self) -> int:
        """Return how many rows all tables hold."""
        return sum(rows for rows, _ in self.tables.values())


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write(
    target: Path, *, url: str, files: Path, made_at: str, gwa: str, line: LiveLine
) -> Manifest:
    """Save the database and the files to `target`, whole or not at all."""
    version = server_version(url)
    programs = find_programs(version // 10000)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".gwa-") as draft:
        dump, archive = Path(draft) / _DUMP, Path(draft) / "archive.tar"
        with one_instant(url, programs) as session:
            snapshot = session.ask("SELECT pg_export_snapshot()")[0]
            line.show("pg_dump")
            words = ["--format=custom", f"--snapshot={snapshot}", f"--file={dump}"]
            run_client(programs / "pg_dump", *words, url=url)
            line.show("comptes et empreintes des tables")
            tables = session.read_tables()
        with tarfile.open(archive, "x") as tar:
            tar.add(dump, _DUMP)
            hashes = dict(_add_files(tar, files))
            manifest = Manifest(_FORMAT, made_at, gwa, version, hash_file(dump), tables, hashes)
            text = Path(draft) / _MANIFEST
            text.write_text(json.dumps(asdict(manifest), indent=1))
            tar.add(text, _MANIFEST)
        archive.chmod(0o600)
        with archive.open("rb") as written:
            os.fsync(written.fileno())
        archive.replace(target)
    return manifest


def _add_files(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    """Add each file under `folder` and give its hash: that of the very bytes that were added."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(file.relative_to(folder))
        with tempfile.TemporaryFile() as copy, file.open("rb") as content:
            digest = hashlib.sha256()
            while block := content.read(_BLOCK):
                digest.update(block)
                copy.write(block)
            entry = tar.gettarinfo(file, f"{_FILES}/{name}")
            entry.size = copy.tell()
            copy.seek(0)
            tar.addfile(entry, copy)
        yield name, digest.hexdigest()


def run_client(program: Path, *words: str, url: str) -> None:
    """Run one of PostgreSQL's client programs on an address."""
    done = subprocess.run(
        [program, *words], env=connect_by(url), cwd="/", capture_output=True, text=True
    )
    if done.returncode:
        raise machine.explain(done.stderr) or Stop(
            f"{program.name} a échoué.", f"{program.name} failed.", detail=done.stderr
        )


@contextmanager
def opened(archive: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """Open a backup and read its manifest."""
    try:
        with tarfile.open(archive) as tar:
            text = tar.extractfile(_MANIFEST)
            if text is None:
                raise KeyError(_MANIFEST)
            manifest = Manifest(**json.load(text))
            yield tar, manifest
    except (tarfile.TarError, KeyError, TypeError, ValueError, EOFError) as error:
        raise Stop(
            f"{archive} n'est pas une sauvegarde de Gwa, ou elle est abîmée.",
            f"{archive} is not a backup of Gwa, or is damaged.",
            detail=str(error),
        ) from error


def restore_database(
    tar: tarfile.TarFile, manifest: Manifest, *, owner: str, backup: str, workplace: Path
) -> None:
    """Load the dump into the empty database at `owner`, and refuse it if anything differs."""
    programs = find_programs(server_version(owner) // 10000)
    with tempfile.TemporaryDirectory(dir=workplace, prefix=".gwa-") as draft:
        dump = Path(draft) / _DUMP
        _extract(tar, _DUMP, dump, expected=manifest.dump)
        words = ["--no-owner", "--exit-on-error", "--single-transaction"]
        database = connect_by(owner)["PGDATABASE"]
        run_client(programs / "pg_restore", *words, f"--dbname={database}", str(dump), url=owner)
    with one_instant(backup, programs) as session:
        found = session.read_tables()
    names = sorted({*found, *manifest.tables})
    wrong = [name for name in names if found.get(name) != manifest.tables.get(name)]
    if wrong:
        raise Stop(
            f"La base restaurée diffère de la sauvegarde ({len(wrong)} tables) ; rien n'a changé.",
            "The restored database differs from the backup: nothing was changed.",
            detail="\n".join(
                f"{name}: {manifest.tables.get(name)} -> {found.get(name)}" for name in wrong
            ),
        )


def restore_files(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    """Write the files under `folder`, each compared with its hash."""
    for name, expected in manifest.files.items():
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise Stop(f"La sauvegarde contient un chemin interdit : {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        _extract(tar, f"{_FILES}/{name}", target, expected=expected)


def _extract(tar: tarfile.TarFile, name: str, target: Path, *, expected: str) -> None:
    content = tar.extractfile(name)
    if content is None:
        raise KeyError(name)
    digest = hashlib.sha256()
    with content, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        while block := content.read(_BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != expected:
        raise Stop(
            f"{name} est abîmé dans la sauvegarde : son empreinte diffère. Rien n'est changé.",
            f"{name} is damaged in the backup: its hash differs. Nothing was changed.",
        )
