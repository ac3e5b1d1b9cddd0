"""Pieces read side by side, all of one moment and under one scope, and given in their order."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

import polars as pl

from gwa.exports.writing.pieces import Piece
from gwa.snapshots.reading.sessions import Session, export_moment, session

# While one waits for PostgreSQL another parses, and this process writes; more would only hold
# more rows at once.
_SESSIONS = 2
_AHEAD = 4

Read = Callable[[Session, Piece], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Reading:
    """A leading session, and others that see what it sees."""

    leader: Session
    pool: ThreadPoolExecutor
    sessions: SimpleQueue[Session]

    def in_order(self, pieces: Sequence[Piece], read: Read) -> Iterator[pl.DataFrame]:
        """Read the pieces a few ahead of who takes them."""
        waiting: deque[Future[pl.DataFrame]] = deque()
        for piece in pieces:
            waiting.append(self.pool.submit(self._one, piece, read))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _one(self, piece: Piece, read: Read) -> pl.DataFrame:
        one = self.sessions.get()
        try:
            return read(one, piece)
        finally:
            self.sessions.put(one)


@contextmanager
def open_reading(scope: str) -> Iterator[Reading]:
    """Open the sessions for as long as the block lasts; what was still to be read is dropped."""
    with ExitStack() as stack:
        leader = stack.enter_context(session(scope=scope))
        moment = export_moment(leader)
        sessions: SimpleQueue[Session] = SimpleQueue()
        for _ in range(_SESSIONS):
            sessions.put(stack.enter_context(session(scope=scope, moment=moment)))
        pool = ThreadPoolExecutor(_SESSIONS)
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        yield Reading(leader, pool, sessions)
