"""What Django reads from its environment, and the database it is given.

The order: `DATABASE_URL` (a server), then the private PostgreSQL.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher import keys
from launcher.postgres import Cluster
from launcher.processes import PRIVATE, clean_environment, run
from launcher.project import PYTHON
from launcher.talk import LiveLine, Stop


@dataclass(frozen=True, slots=True)
class Addresses:
    """One database as its three roles see it."""

    application: str
    owner: str
    backup: str


def has_server() -> bool:
    """Tell whether the environment names a PostgreSQL server."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def database(cluster: Cluster, *, for_backup: bool = False) -> Iterator[Addresses]:
    """Give the server's addresses, or keep the private PostgreSQL running for the block."""
    if not has_server():
        with cluster.running():
            urls = [cluster.url(role) for role in ("gwa_app", "gwa_owner", "gwa_backup")]
            yield Addresses(*urls)
        return
    application, owner = os.environ["DATABASE_URL"], os.environ.get("DATABASE_OWNER_URL", "")
    if not owner:
        raise Stop(
            "DATABASE_URL est défini mais pas DATABASE_OWNER_URL (rôle propriétaire, pour les "
            "migrations) ; définissez les deux, ou retirez DATABASE_URL.",
            "DATABASE_URL is set without DATABASE_OWNER_URL: set both, or unset DATABASE_URL.",
        )
    backup = os.environ.get("DATABASE_BACKUP_URL", "")
    if for_backup and not backup:
        raise Stop(
            "DATABASE_BACKUP_URL manque : le rôle gwa_backup seul lit toute la base "
            "(docs/operate/sauvegardes.md).",
            "DATABASE_BACKUP_URL is missing: only the role gwa_backup reads everything.",
        )
    yield Addresses(application, owner, backup)


def for_django(mode: str, state: Path, addresses: Addresses, **more: str) -> dict[str, str]:
    """Return the environment of a Django process that serves; it cannot own tables."""
    return clean_environment(
        DJANGO_SETTINGS_MODULE="gwa.settings",
        GWA_MODE=mode,
        GWA_STATE_DIR=str(state),
        DATABASE_URL=addresses.application,
        **keys.read_or_make(state),
        **more,
    )


def as_owner(env: dict[str, str], addresses: Addresses) -> dict[str, str]:
    """Return the environment of a Django process whose connection owns the tables."""
    return {**env, "DATABASE_OWNER_URL": addresses.owner, "GWA_DB_ROLE": "owner"}


def manage(*words: str, env: dict[str, str], line: LiveLine | None = None) -> str:
    """Run a management command to its end."""
    return run([PYTHON, "-m", "django", *words], env=env, line=line, what=words[0], umask=PRIVATE)
