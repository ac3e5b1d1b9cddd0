"""Start a demonstration as a person would, and weigh what it takes."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.machine import find_free_port


@contextmanager
def running(checkout: Path, **environment: str) -> Iterator[tuple[int, float]]:
    """Run `./gwa demo` until its first page is served; give its process and the seconds it took."""
    port = find_free_port("127.0.0.1", 8300)
    started = time.monotonic()
    process = subprocess.Popen(
        [checkout / "gwa", "demo", "--port", str(port)],
        cwd=checkout,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/"):
            if process.poll() is not None:
                raise RuntimeError("the demonstration stopped by itself; its reason is above")
            time.sleep(0.1)
        yield process.pid, time.monotonic() - started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 (our own address)
            return bool(page.status == 200)
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False


def find_family(*roots: int) -> set[int]:
    """Return the processes that descend from `roots`, and these."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def weigh(processes: set[int]) -> float:
    """Return the memory of processes in GiB, what they share counted once (PSS)."""
    kibibytes = 0
    for pid in processes:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        kibibytes += sum(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
    return kibibytes / 1024**2


def find_postmaster(state: Path) -> int:
    """Return the number of the private PostgreSQL of a state folder."""
    moved = state / "postgres-home"
    home = Path(moved.read_text()) if moved.exists() else state / "postgres"
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])


def measure_disk(*folders: Path) -> float:
    """Return the room that folders take in GiB, files linked twice counted once."""
    seen: dict[tuple[int, int], int] = {}
    for folder in folders:
        for file in folder.rglob("*"):
            status = file.lstat()
            seen[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(seen.values()) / 1024**3
