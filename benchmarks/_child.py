"""Work done in a process of its own, so that its memory is its own."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Work:
    """What a process took."""

    seconds: float
    peak_mib: float


def run_child(*words: str) -> Work:
    """Run Python with these words under the present settings; fails as the child fails.

    The peak is what the system says of the child while it lives: what `wait` gives would be the
    parent's, where that is larger.
    """
    started, peak = time.perf_counter(), 0
    child = subprocess.Popen([sys.executable, *words], env=os.environ, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        peak = max(peak, _peak_of(child.pid))
        time.sleep(_EVERY)
    assert child.returncode == 0, f"{words}: {child.returncode}"
    return Work(time.perf_counter() - started, peak / 1024)


def _peak_of(pid: int) -> int:
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
