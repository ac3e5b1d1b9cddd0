"""The web process and the worker as an installation runs them, for the length of a block."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from launcher.machine import find_free_port


@contextmanager
def serving(*, workers: int = 1, threads: int = 4) -> Iterator[int]:
    """Run the web process as the launcher does, until it answers; then end it."""
    port = find_free_port("127.0.0.1", 8400)
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    words += ["--workers", str(workers), "--blocking-threads", str(threads), "--no-ws"]
    with _running(*words, "--workers-kill-timeout", "5", "gwa.wsgi:application"):
        for _ in range(300):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                connection.request("GET", "/api/v1/openapi.json", headers={"Host": "localhost"})
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield port


@contextmanager
def working() -> Iterator[None]:
    """Run the worker, as docs/operate/systemd does."""
    with _running("django", "procrastinate", "worker", "--concurrency", "3"):
        yield


@contextmanager
def _running(*words: str) -> Iterator[None]:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "gwa.settings"}
    process = subprocess.Popen([sys.executable, "-m", *words], env=env, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
