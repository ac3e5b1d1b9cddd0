"""The shapes that pages hand to the shared components: facts and stories."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value of a record; the note says where it comes from or how sure it is."""

    label: Text
    value: object
    note: Text = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None and self.value != ""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, in the words of the screen."""

    label: Text
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One thing that happened to a record: when, who, what, why, from which source."""

    at: dt.datetime
    title: Text
    actor: Text = ""
    reason: str = ""
    source: Text = ""
    url: str = ""
    changes: Sequence[Change] = ()
