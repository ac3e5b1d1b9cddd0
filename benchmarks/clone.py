"""Time from a clone to the first page, downloads included, then the second start and the disk."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from launcher.project import ROOT

from benchmarks import Figure, _demo

NAME = "clone"
SIZE = 1


def run(size: int) -> list[Figure]:
    """Clone this checkout to an empty home, with empty caches, and start it twice, `size` times."""
    firsts, seconds, disks = zip(*(_measure() for _ in range(size)), strict=True)
    data = "demonstration country, empty caches"
    return [
        Figure("clone to first page", round(max(firsts), 1), "s", data, target=300),
        Figure("second start", round(max(seconds), 1), "s", data, target=15),
        Figure("disk, caches included", round(max(disks), 2), "GiB", data, target=1.5),
    ]


def _measure() -> tuple[float, float, float]:
    home = Path(tempfile.mkdtemp(prefix="gwa-clone-"))
    # PostgreSQL's user passes through, as in an ordinary home.
    home.chmod(0o755)
    checkout = home / "gwa"
    try:
        git = shutil.which("git") or "git"
        subprocess.run([git, "clone", "--quiet", ROOT, checkout], check=True)
        own = {"HOME": str(home), "UV_CACHE_DIR": str(home / "uv"), "GWA_STATE_DIR": ""}
        own |= dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "GWA_MODE"), "")
        with _demo.running(checkout, **own) as (_, first):
            disk = _demo.measure_disk(home)
        with _demo.running(checkout, **own) as (_, second):
            pass
        return first, second, disk
    finally:
        shutil.rmtree(home)
