"""The tests' database: a template migrated once by its owner, cloned for each worker."""

import fcntl
import re

from launcher import environment, prepare, processes
from launcher.database import at_database, query
from launcher.environment import Addresses
from launcher.project import make_state, state_directory
from launcher.talk import step


def addresses_of(addresses: Addresses, name: str) -> Addresses:
    """Return the three addresses of another database of the same server."""
    return Addresses(
        application=at_database(addresses.application, name),
        owner=at_database(addresses.owner, name),
        backup=at_database(addresses.backup, name) if addresses.backup else "",
    )


def _is_left_over(name: str) -> bool:
    """Tell whether a database is the clone of a run that was killed."""
    run = re.fullmatch(r"gwa_test_(\d+)_\w+", name)
    return run is not None and processes.read_birth(int(run[1])) is None


def prepare_template(addresses: Addresses) -> str:
    """Make the template database unless it is there, and return its name."""
    state = state_directory() / "test"
    make_state(state)
    maintenance = at_database(addresses.owner, "postgres")
    with (state / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        name = f"gwa_template_{prepare.hash_migrations()}"
        names = query(maintenance, "SELECT datname FROM pg_database").splitlines()
        for left in filter(_is_left_over, names):
            query(maintenance, f'DROP DATABASE "{left}" WITH (FORCE)')
        if name in names:
            return name
        for old in names:
            if old.startswith(("gwa_template_", "gwa_draft_")):
                query(maintenance, f'DROP DATABASE "{old}" WITH (FORCE)')
        draft = name.replace("template", "draft")
        with step("Base modèle des tests", "template database") as line:
            query(maintenance, f'CREATE DATABASE "{draft}" TEMPLATE template0')
            there = addresses_of(addresses, draft)
            env = environment.for_django("test", state, there)
            prepare.make_tables(env, there, line)
            query(maintenance, f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        return name
