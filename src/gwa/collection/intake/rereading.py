"""The lines of a chunk once more, for the few groups whose detail did not come along."""

import pickle

from gwa.collection.intake.groups import Context, Detail, Group, Repeated, Told, Understood
from gwa.collection.intake.spool import Spooled, read_chunk
from gwa.collection.intake.understanding import Understanding


class Rereading:
    """Gives the detail of the groups of one chunk; its lines are read when first wanted."""

    def __init__(self, understanding: Understanding, spools: list[Spooled], chunk: int) -> None:
        self._understanding, self._spools, self._chunk = understanding, spools, chunk
        self._groups: list[Group] | None = None

    @property
    def context(self) -> Context:
        """What holds for all lines of the import."""
        return self._understanding.context

    def detail_of(self, told: Told) -> Detail:
        """Return everything of a group: as it came, or understood again."""
        if isinstance(told, Understood) and told.detail is not None:
            detail: Detail = pickle.loads(told.detail)  # noqa: S301 (made by our own process)
            return detail
        return self._understanding.reread(self._group(told.place))

    def understand(self, repeated: Repeated) -> Understood:
        """Understand a group after all: what was said of it before holds no more."""
        return self._understanding.understand(self._group(repeated.place), repeated.place)

    def _group(self, place: int) -> Group:
        if self._groups is None:
            self._groups = read_chunk(self._spools, self._chunk)
        return self._groups[place]
