"""The processes that draw beside a load do not outlive it."""

import subprocess
import sys
import time
from pathlib import Path

_LOADER = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from gwa.testing.loading.drawing import _keep

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, spawn, initializer=_keep, initargs=(None, None, None))
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(600)
"""


def test_a_worker_ends_when_the_load_is_killed(tmp_path):
    script = tmp_path / "loader.py"
    script.write_text(_LOADER)
    loader = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own script)
    worker = int(loader.stdout.readline())
    assert _is_running(worker)
    loader.kill()
    loader.wait()
    patience = time.monotonic() + 20
    while _is_running(worker) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not _is_running(worker)


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
