"""What the launcher says: steps as they go, and one clear sentence when it must stop."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """The launcher cannot go on: a French sentence, its English, and what to look at."""

    def __init__(self, french: str, english: str = "", *, detail: str = "", code: int = 1) -> None:
        super().__init__(french)
        self.french, self.english, self.detail, self.code = french, english, detail, code


def say(text: str = "") -> None:
    """Print one line at once."""
    print(text, flush=True)


def complain(stop: Stop) -> None:
    """Print why the launcher stops, the detail first, so that the sentence is read last."""
    if stop.detail:
        print(stop.detail.rstrip(), file=sys.stderr)
    print(f"✗ {stop.french}", file=sys.stderr)
    if stop.english:
        print(f"  {stop.english}", file=sys.stderr, flush=True)


class LiveLine:
    """One line of the terminal that shows how far a long step has come."""

    # Where the output is a file, one line every few seconds is progress enough.
    _QUIET_SECONDS = 5

    def __init__(self) -> None:
        self._is_terminal = sys.stdout.isatty()
        self._shown_at = time.monotonic()

    def show(self, text: str) -> None:
        """Replace the line by `text`."""
        width = shutil.get_terminal_size().columns - 6
        text = "".join(letter for letter in text if letter.isprintable()).strip()[:width]
        if self._is_terminal:
            print(f"\r\x1b[K    {text}", end="", flush=True)
        elif text and time.monotonic() - self._shown_at > self._QUIET_SECONDS:
            say(f"    {text}")
            self._shown_at = time.monotonic()

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self._is_terminal:
            print("\r\x1b[K", end="", flush=True)


_is_quiet = False


def be_quiet() -> None:
    """Say nothing of steps that go well: what `./gwa test` wants."""
    global _is_quiet
    _is_quiet = True


@contextmanager
def step(french: str, english: str) -> Iterator[LiveLine]:
    """Say what is being done, show its progress, then say how long it took."""
    line = LiveLine()
    if _is_quiet:
        line.show = lambda text: None  # type: ignore[method-assign]
        yield line
        return
    started = time.monotonic()
    say(f"• {french} · {english}")
    try:
        yield line
    finally:
        line.clear()
    took = f"{time.monotonic() - started:.1f}".replace(".", ",")
    say(f"    fait en {took} s")
