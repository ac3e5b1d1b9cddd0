"""What many tests begin with is made once and stays between them.

Places, cast, dictionary and form are layers, each in a transaction around those that follow. A
test finds the layers that it names and no other: those above are undone first, those that lack are
made. What a test writes is undone after it, as always. A test that commits finds no layer.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.db import transaction

Make = Callable[[dict[str, Any]], Any]


@dataclass(slots=True)
class Stage:
    """The layers that stand, from the ground up; `makers` are all there can be, in that order.

    A maker is told what stands below.
    """

    makers: dict[str, Make]
    made: dict[str, Any] = field(default_factory=dict)
    _undo: list[ExitStack] = field(default_factory=list)

    def prepare(self, wanted: set[str]) -> None:
        """Let exactly these layers stand."""
        names = [name for name in self.makers if name in wanted]
        pairs = zip(names, self.made, strict=False)
        standing = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        self.clear(down_to=standing)
        for name in names[standing:]:
            with ExitStack() as undo:
                undo.enter_context(_undone_at_the_end())
                self.made[name] = self.makers[name](self.made)
                self._undo.append(undo.pop_all())

    def clear(self, down_to: int = 0) -> None:
        """Undo the layers above so many."""
        while len(self.made) > down_to:
            self.made.popitem()
            self._undo.pop().close()

    def show(self, name: str) -> Any:  # noqa: ANN401 (each layer is a thing of its own)
        """Return a copy of what was made, for a test may change it."""
        return copy.deepcopy(self.made[name])


@contextmanager
def _undone_at_the_end() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
