"""Count and fingerprint each table, so that a restored database can be compared with the saved one.

A table's fingerprint adds up the hashes of its rows: it does not depend on their order.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.database import connect_by
from launcher.talk import Stop

# Partitions are counted, not their parents.
_TABLES = """
SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind = 'r' AND nspname !~ '^(pg_|information_schema)' ORDER BY 1;
"""
_FINGERPRINT = """
SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0)
FROM {} t;
"""
_END = "— end of answer —"
# The same row must read the same on both sides.
_SAME_TEXT = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET extra_float_digits = 1;"


class Session:
    """One psql kept open, so that all it reads belongs to one instant."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, sql: str) -> list[str]:
        """Run SQL and return its lines."""
        assert self._process.stdin  # noqa: S101 (opened as a pipe below)
        assert self._process.stdout  # noqa: S101
        print(f"{sql.rstrip().rstrip(';')};\n\\echo '{_END}'", file=self._process.stdin, flush=True)
        lines: list[str] = []
        for line in self._process.stdout:
            if line.rstrip("\n") == _END:
                return lines
            lines.append(line.rstrip("\n"))
        raise Stop("La base de données a coupé la lecture.", detail="\n".join(lines))

    def read_tables(self) -> dict[str, list[int]]:
        """Return the number of rows and the fingerprint of each table."""
        read = {}
        for table in self.ask(_TABLES):
            rows, fingerprint = self.ask(_FINGERPRINT.format(table))[0].split("|")
            read[table] = [int(rows), int(fingerprint)]
        return read


@contextmanager
def one_instant(url: str, programs: Path) -> Iterator[Session]:
    """Open a session where every query sees the database as it is now."""
    process = subprocess.Popen(
        [programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=connect_by(url),
    )
    try:
        session = Session(process)
        session.ask(_SAME_TEXT)
        session.ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield session
    finally:
        process.communicate(input="")
