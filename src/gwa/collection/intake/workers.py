"""The processes beside the entering one: they read, deal out and understand while it writes."""

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from gwa.collection.intake.groups import Context, Told
from gwa.collection.intake.spool import SheetToSpool, Spooled, read_chunk, spool_sheet
from gwa.collection.intake.starting import start
from gwa.collection.intake.understanding import Understanding

# Below so many bytes of files, starting processes costs more than it saves.
ALONE_BELOW = 2_000_000
_MOST_WORKERS = 2


class Alone:
    """Understands in the entering process: small lists."""

    def __init__(self, context: Context) -> None:
        self._understanding = Understanding(context)

    def spool(self, sheets: list[SheetToSpool]) -> list[Spooled]:
        """Read the sheets one after the other."""
        return [spool_sheet(sheet) for sheet in sheets]

    def understand(self, spools: list[Spooled], first: int, chunks: int) -> Iterator[list[Told]]:
        """Understand chunk after chunk."""
        for chunk in range(first, chunks):
            yield self._understanding.understand_all(read_chunk(spools, chunk))


class Beside:
    """Understands in processes beside the entering one, a few chunks ahead of it."""

    def __init__(self, pool: ProcessPoolExecutor, workers: int) -> None:
        self._pool, self._workers = pool, workers

    def spool(self, sheets: list[SheetToSpool]) -> list[Spooled]:
        """Read the sheets at the same time."""
        return list(self._pool.map(spool_sheet, sheets))

    def understand(self, spools: list[Spooled], first: int, chunks: int) -> Iterator[list[Told]]:
        """Understand chunks ahead, and give them in order."""
        pending: deque[Future[list[Told]]] = deque()
        for chunk in range(first, chunks):
            pending.append(self._pool.submit(_understand_chunk, spools, chunk))
            if len(pending) > self._workers + 1:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


@contextmanager
def workers_for(context: Context, size: int) -> Iterator[Alone | Beside]:
    """Choose how many processes understand a list of so many bytes."""
    if size < ALONE_BELOW:
        yield Alone(context)
        return
    count = min(_MOST_WORKERS, os.cpu_count() or 1)
    with ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=start,
        initargs=(pickle.dumps(context),),
    ) as pool:
        try:
            yield Beside(pool, count)
        finally:
            pool.shutdown(cancel_futures=True)


_understanding: Understanding | None = None


def keep(context: Context) -> None:
    """Keep what holds for all lines, in a process that was just started."""
    global _understanding
    _understanding = Understanding(context)


def _understand_chunk(spools: list[Spooled], chunk: int) -> list[Told]:
    assert _understanding is not None  # noqa: S101 (the pool's initializer has run)
    return _understanding.understand_all(read_chunk(spools, chunk))
