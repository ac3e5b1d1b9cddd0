"""What modules above add to the page of an interview: something to do, or something to know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gwa.accounts.models import User
from gwa.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Aside:
    """A button where there is a `url`, else a remark with its lines."""

    label: str
    url: str = ""
    lines: tuple[str, ...] = ()


Tell = Callable[[Submission, User], Iterator[Aside]]
_tellers: list[Tell] = []


def also_tell(tell: Tell) -> None:
    """Let a module above add to the page."""
    _tellers.append(tell)


def asides_of(submission: Submission, reader: User) -> list[Aside]:
    """Return what modules above say of an interview to this reader."""
    return [aside for tell in _tellers for aside in tell(submission, reader)]
