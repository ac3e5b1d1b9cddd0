"""The first words of a process that understands lines.

Apart from `workers`: a new process reads the name of this function before Django is set up, so
nothing here may need it.
"""

import gc
import multiprocessing
import os
import pickle
import threading

import django


def start(packed_context: bytes) -> None:
    """Set Django up and give the process what holds for all lines, once."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    django.setup()
    # Millions of short-lived values and no rings of them: looking for rings is wasted time.
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    from gwa.collection.intake import workers  # models are ready only now

    workers.keep(pickle.loads(packed_context))  # noqa: S301 (made by our own process)


def _leave_with_parent() -> None:
    """End when the entering process is killed: nobody else would stop this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 (this process was spawned)
    parent.join()
    os._exit(1)
