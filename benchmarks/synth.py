"""How long `./gwa synth` takes: drawing, sealing, loading, indexes, keys, search and figures.

Seconds of processor are told beside seconds of clock: on a machine that others use, only they can
be compared with another run.
"""

from benchmarks import Figure
from benchmarks._country import load_once

NAME = "synth"
SIZE = 1_000_000
_TARGET_SECONDS = 300


def run(size: int) -> list[Figure]:
    """Load a country into the empty database."""
    loaded = load_once(size)
    data = f"{loaded.households} households, {loaded.persons} persons"
    target = _TARGET_SECONDS if size >= SIZE else None
    return [
        Figure("synth", loaded.seconds, "s", data, target=target),
        Figure("synth_cpu_python", loaded.python_seconds, "s", data),
        Figure("synth_cpu_postgres", loaded.postgres_seconds, "s", data),
    ]
