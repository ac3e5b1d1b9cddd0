"""What stayed outside, counted: by reason, and by the place that somebody has to settle."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gwa.collection.intake.refusing import REFUSED_WITH, unpack_problem
from gwa.collection.models import Import, RefusedLine
from gwa.collection.words import label_of
from gwa.registry.rules.problems import Problem
from gwa.registry.sentences import say_code, say_problem
from gwa.variables.rules.definitions import Dictionary

_PLACES = frozenset({
    "collection.zone_ambiguous", "collection.zone_unknown", "collection.village_unknown",
    "collection.village_misspelt", "registry.zone_not_settlement",
})  # fmt: skip
# Lines are unsealed to be read: enough of them to see which columns and places matter.
_LOOKED_AT = 5_000
_PLACES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """One sentence, how many lines it keeps outside, and the columns that it is about."""

    sentence: str
    lines: int
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Each reason and each place once with its lines, the most frequent first.

    `are_all_places`: none is left out.
    """

    reasons: list[Counted]
    places: list[Counted]
    are_all_places: bool


@dataclass(slots=True)
class _Seen:
    """What the lines told that were looked at."""

    columns: dict[str, Counter[str]] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    lines: int = 0


def count_refusals(of_import: Import, dictionary: Dictionary) -> Refusals:
    """Count what keeps the lines of an import outside; those that only go with others come last."""
    seen = _look(of_import, dictionary)
    reasons = sorted(
        of_import.reasons.items(), key=lambda told: (told[0] == REFUSED_WITH, -told[1], told[0])
    )
    return Refusals(
        reasons=[_say(code, lines, seen) for code, lines in reasons],
        places=[Counted(*told) for told in seen.places.most_common(_PLACES_SHOWN)],
        are_all_places=len(seen.places) <= _PLACES_SHOWN and seen.lines < _LOOKED_AT,
    )


def _look(of_import: Import, dictionary: Dictionary) -> _Seen:
    seen = _Seen()
    lines = RefusedLine.objects.filter(of_import=of_import).exclude(codes=[REFUSED_WITH])
    for line in lines[:_LOOKED_AT].iterator(chunk_size=500):
        seen.lines += 1
        for problem in _problems_of(line):
            if problem.field:
                columns = seen.columns.setdefault(problem.code, Counter())
                columns[label_of(problem.field, dictionary)] += 1
            if problem.code in _PLACES:
                seen.places[say_problem(problem, dictionary)] += 1
    return seen


def _problems_of(line: RefusedLine) -> Iterator[Problem]:
    return map(unpack_problem, line.content["problems"])


def _say(code: str, lines: int, seen: _Seen) -> Counted:
    labels = seen.columns.get(code, Counter()).most_common()
    columns = ", ".join(label for label, _ in labels)
    sentence = say_code(code, columns)
    return Counted(sentence, lines, "" if columns in sentence else columns)
