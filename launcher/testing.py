"""The tests' database: a template migrated once by its owner, cloned for each worker."""

import fcntl
import re

from launcher import environment, postgres, processes
from launcher.environment import Addresses
from launcher.project import ROOT, SOURCE, hash_files, make_state, state_directory
from launcher.talk import step

# What a migrated database depends on: migrations, what they load, the applications installed.
_INGREDIENTS = ("*/migrations/**/*", "**/*.yaml", "**/*.sql", "settings/*.py")


def _at(url: str, name: str) -> str:
    """Return the same address for the database `name`."""
    server, question, options = url.partition("?")
    return f"{server.rpartition('/')[0]}/{name}{question}{options}"


def addresses_of(addresses: Addresses, name: str) -> Addresses:
    """Return the three addresses of another database of the same server."""
    return Addresses(
        _at(addresses.application, name), _at(addresses.owner, name), _at(addresses.backup, name)
    )


def template_name() -> str:
    """Return the name of the template for the present migrations."""
    files = {file for pattern in _INGREDIENTS for file in SOURCE.glob(pattern) if file.is_file()}
    kept = [file for file in files if file.suffix != ".pyc"]
    return f"gwa_template_{hash_files([*kept, ROOT / 'uv.lock'])}"


def _is_left_over(name: str) -> bool:
    """Tell whether a database is the clone of a run that was killed."""
    run = re.fullmatch(r"gwa_test_(\d+)_\w+", name)
    return run is not None and processes.read_birth(int(run[1])) is None


def prepare_template(addresses: Addresses) -> str:
    """Make the template database unless it is there, and return its name."""
    state = state_directory() / "test"
    make_state(state)
    maintenance = _at(addresses.owner, "postgres")
    with (state / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        name = template_name()
        names = postgres.query(maintenance, "SELECT datname FROM pg_database").splitlines()
        for left in filter(_is_left_over, names):
            postgres.query(maintenance, f'DROP DATABASE "{left}" WITH (FORCE)')
        if name in names:
            return name
        for old in names:
            if old.startswith(("gwa_template_", "gwa_draft_")):
                postgres.query(maintenance, f'DROP DATABASE "{old}" WITH (FORCE)')
        draft = name.replace("template", "draft")
        with step("Base modèle des tests", "template database") as line:
            postgres.query(maintenance, f'CREATE DATABASE "{draft}" TEMPLATE template0')
            there = addresses_of(addresses, draft)
            env = environment.for_django("test", state, there)
            for command in ("migrate", "make_partitions"):
                environment.manage(command, env=environment.as_owner(env, there), line=line)
            postgres.query(maintenance, f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        return name
