"""Parts drawn beside the loading: another process draws and seals while this one copies."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gwa.testing.country.people import draw_part
from gwa.testing.country.plan import Plan
from gwa.testing.country.tables import Ground, make_tables, make_truth, seal_values
from gwa.testing.loading.copying import as_copy_text

# Below this, starting a process costs more than it saves.
_PARTS_ALONE = 2
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class ReadyPart:
    """A part as COPY takes it: columns and rows of each table."""

    households: int
    persons: int
    tables: dict[str, tuple[tuple[str, ...], bytes]]


def draw_parts(plan: Plan, ground: Ground, truth: Path | None) -> Iterator[ReadyPart]:
    """Draw all parts in order, writing the hidden truth as they go."""
    if plan.chunks <= _PARTS_ALONE:
        for number in range(plan.chunks):
            yield _prepare(plan, number, ground, truth)
        return
    yield from _draw_beside(plan, ground, truth)


def _draw_beside(plan: Plan, ground: Ground, truth: Path | None) -> Iterator[ReadyPart]:
    context = multiprocessing.get_context("spawn")
    workers = max((os.cpu_count() or 2) // 2, 1)
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_keep, initargs=(plan, ground, truth)
    ) as pool:
        pending: list[Future[ReadyPart]] = []
        for number in range(plan.chunks):
            pending.append(pool.submit(_prepare_kept, number))
            if len(pending) > workers + _AHEAD:
                yield pending.pop(0).result()
        for part in pending:
            yield part.result()


_kept: tuple[Plan, Ground, Path | None] | None = None


def _keep(plan: Plan, ground: Ground, truth: Path | None) -> None:
    """Give a new process its plan once, rather than with each part."""
    global _kept
    _kept = plan, ground, truth
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End when the loading process is killed: nobody else would stop this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 (this process was spawned)
    parent.join()
    os._exit(1)


def _prepare_kept(number: int) -> ReadyPart:
    assert _kept is not None  # noqa: S101 (the pool's initializer has run)
    plan, ground, truth = _kept
    return _prepare(plan, number, ground, truth)


def _prepare(plan: Plan, number: int, ground: Ground, truth: Path | None) -> ReadyPart:
    part = draw_part(plan, number)
    tables = make_tables(plan, part, ground)
    if truth is not None:
        for name, frame in make_truth(part, tables, plan).items():
            frame.write_parquet(truth / f"{name}-{number:04d}.parquet")
    sealed = seal_values(tables)
    return ReadyPart(
        households=tables["registry_household"].height,
        persons=tables["registry_person"].height,
        tables={
            name: (tuple(frame.columns), as_copy_text(frame)) for name, frame in sealed.items()
        },
    )
