"""Run commands to their end, and services until told to stop: ours only, none forgotten."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher import machine
from launcher.project import ROOT
from launcher.talk import LiveLine, Stop

# What another project left in the shell must not reach ours.
_FOREIGN = (
    "DJANGO_",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONDONTWRITEBYTECODE",  # every command would read all our sources anew
    "PGOPTIONS",
)
_SHOWN_ON_FAILURE = 25
# What Django writes (documents, mails) is for its own user's eyes.
PRIVATE = 0o077


def clean_environment(**more: str) -> dict[str, str]:
    """Return the present environment without what belongs to other projects, and `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    line: LiveLine | None = None,
    what: str,
    umask: int = -1,
) -> str:
    """Run `command` to its end, show its progress on `line`, and return what it printed."""
    tail: deque[str] = deque(maxlen=2000)
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=dict(env) if env is not None else clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        umask=umask,
    )
    try:
        for text in process.stdout or ():
            tail.append(text)
            if line:
                line.show(text)
        process.wait()
    except BaseException:
        _end_group(process.pid, patience=10)
        raise
    output = "".join(tail)
    if process.returncode:
        raise machine.explain(output) or Stop(
            f"{what} : échec (la fin du journal est ci-dessus).",
            f"{what}: failed (see the last lines above).",
            detail="\n".join(output.splitlines()[-_SHOWN_ON_FAILURE:]),
        )
    return output


@dataclass(frozen=True, slots=True)
class Service:
    """A process that lives as long as the command that started it, with its children."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    record: Path

    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process.poll() is None

    def read_end_of_log(self, lines: int = 15) -> str:
        """Return the last lines it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def start(
    name: str, command: Sequence[str | Path], *, env: Mapping[str, str], state: Path
) -> Service:
    """Start a service in a session of its own, so that the terminal's Ctrl-C reaches only us."""
    log, record = state / "logs" / f"{name}.log", state / "run" / f"{name}.json"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=PRIVATE,
        )
    record.write_text(json.dumps({"pid": process.pid, "born": read_birth(process.pid)}))
    return Service(name, process, log, record)


def stop(service: Service, *, patience: float = 15) -> None:
    """Ask a service to end, then make it."""
    _end_group(service.process.pid, patience=patience, process=service.process)
    service.process.wait()
    service.record.unlink(missing_ok=True)


def stop_survivors(state: Path) -> list[str]:
    """End the services that a killed launcher left behind, and return their names.

    A process number is reused after a while: only the one born when ours was is ours.
    """
    ended = []
    for record in (state / "run").glob("*.json"):
        with contextlib.suppress(ValueError, KeyError):
            known = json.loads(record.read_text())
            if known["born"] is not None and read_birth(known["pid"]) == known["born"]:
                _end_group(known["pid"], patience=15)
                ended.append(record.stem)
        record.unlink(missing_ok=True)
    return ended


def read_birth(pid: int) -> str | None:
    """Return when a live process was born (this boot's id and clock ticks), or None."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # Field 3 is the state, field 22 the start time; the split begins at field 3.
    return None if fields[0] == "Z" else f"{boot} {fields[19]}"


def _end_group(
    group: int, *, patience: float, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Send TERM to a process group, then KILL to what is still there after `patience` seconds."""
    deadline = time.monotonic() + patience
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
        while _is_group_alive(group) and time.monotonic() < deadline:
            if process:
                process.poll()
            time.sleep(0.05)
        if not _is_group_alive(group):
            return


def _is_group_alive(group: int) -> bool:
    """Tell whether a process of the group still runs; a dead one nobody buried does not count."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            if fields[2] == str(group) and fields[0] != "Z":
                return True
    return False
