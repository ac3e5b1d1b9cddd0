"""`./gwa restore FILE`: a backup becomes the database again, once it is proved equal to it."""

import argparse
import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import archive, environment, machine, postgres, prepare
from launcher.database import at_database, database_name, query
from launcher.environment import Addresses
from launcher.project import make_state, state_directory
from launcher.talk import Stop, say, step

SUMMARY = "restaure une sauvegarde · restore a backup"
_COUNT_TABLES = """
SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname = 'public'
"""


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("file", type=Path, help="la sauvegarde (.tar)")
    parser.add_argument(
        "--replace", action="store_true", help="met de côté la base et les fichiers présents"
    )


def run(options: argparse.Namespace) -> int:
    """Restore beside, compare, and only then take the place of what was there."""
    file = options.file.absolute()
    if not file.is_file():
        raise Stop(f"Il n'y a pas de fichier {file}.", f"There is no file {file}.", code=2)
    prepare.prepare_code()
    state = state_directory()
    make_state(state)
    machine.check_disk(state, 0.2 + 4 * file.stat().st_size / 1024**3)
    database = environment.database(postgres.for_demo(), for_backup=True)
    mark = f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}"
    with (
        refuse_while_running(state),
        database as addresses,
        archive.opened(file) as (tar, manifest),
        step("Restauration", "restore"),
    ):
        is_empty = count_tables(addresses) == 0
        if not options.replace:
            refuse_if_occupied(is_empty, state / "files")
        restored = state / f"files.new-{mark}"
        draft = make_draft(addresses, mark)
        try:
            restored.mkdir(mode=0o700)
            archive.restore_files(tar, manifest, restored)
            archive.restore_database(
                tar, manifest, owner=draft.owner, backup=draft.backup, workplace=state
            )
            put_in_place(addresses, draft, mark=mark, keep_old=not is_empty)
        except BaseException:
            drop(draft)
            shutil.rmtree(restored, ignore_errors=True)
            raise
        if (state / "files").exists():
            (state / "files").rename(state / f"files.before-{mark}")
        restored.rename(state / "files")
        set_head_aside(state, mark)
    say(
        f"  {len(manifest.tables)} tables, {manifest.count_rows()} lignes, "
        f"{len(manifest.files)} fichiers : comptes et empreintes identiques à la sauvegarde"
    )
    if not is_empty:
        say(f"  L'ancienne base est gardée : {database_name(addresses.owner)}_before_{mark}")
    return 0


def refuse_if_occupied(is_empty: bool, files: Path) -> None:
    """Refuse to restore over a registry, unless asked to set it aside."""
    if is_empty and not (files.exists() and any(files.iterdir())):
        return
    raise Stop(
        "La base ou le dossier des fichiers n'est pas vide ; --replace les met de côté "
        "sans les effacer.",
        "The database or the files are not empty; --replace sets them aside.",
    )


@contextmanager
def refuse_while_running(state: Path) -> Iterator[None]:
    """Hold the demonstration's lock for the block."""
    with (state / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stop(
                "La démonstration tourne : arrêtez-la (Ctrl-C) avant de restaurer.",
                "The demonstration is running: stop it (Ctrl-C) before restoring.",
            ) from error
        yield


def set_head_aside(state: Path, mark: str) -> None:
    """Let the journal end where the backup ends: the head kept outside speaks of later seals."""
    folder = Path(os.environ.get("GWA_JOURNAL_HEAD_DIR") or state / "journal-head")
    head = folder / "journal-head.json"
    if head.exists():
        head.rename(folder / f"journal-head.before-{mark}.json")


def count_tables(addresses: Addresses) -> int:
    """Return how many tables the database holds."""
    return int(query(addresses.owner, _COUNT_TABLES))


def make_draft(addresses: Addresses, mark: str) -> Addresses:
    """Make an empty database beside the present one."""
    name = f"{database_name(addresses.owner)}_restoring_{mark}"
    query(addresses.owner, f'CREATE DATABASE "{name}" TEMPLATE template0')
    return Addresses(
        at_database(addresses.application, name),
        at_database(addresses.owner, name),
        at_database(addresses.backup, name),
    )


def drop(draft: Addresses) -> None:
    """Remove a database that was refused."""
    name = database_name(draft.owner)
    query(at_database(draft.owner, "postgres"), f'DROP DATABASE IF EXISTS "{name}"')


def put_in_place(addresses: Addresses, draft: Addresses, *, mark: str, keep_old: bool) -> None:
    """Give the restored database the name of the present one, which is set aside."""
    name, new = database_name(addresses.owner), database_name(draft.owner)
    server = at_database(addresses.owner, "postgres")
    swap = f"""
        BEGIN;
        ALTER DATABASE "{name}" RENAME TO "{name}_before_{mark}";
        ALTER DATABASE "{new}" RENAME TO "{name}";
        COMMIT;
    """
    try:
        query(server, swap)
    except Stop as stop:
        raise Stop(
            "La base est encore utilisée : arrêtez le serveur web et les tâches, puis relancez.",
            "The database is still in use: stop the web server and the worker first.",
            detail=stop.detail,
        ) from stop
    if not keep_old:
        query(server, f'DROP DATABASE "{name}_before_{mark}"')
