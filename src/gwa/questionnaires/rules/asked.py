"""Which questions are asked of whom: by age, and by what was answered before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from gwa.variables.rules.answers import is_asked_at
from gwa.variables.rules.definitions import Answers, Value, VariableDefinition

Conditions: TypeAlias = Mapping[str, Mapping[str, Sequence[Value]]]
"""For a question, the other question and the answers after which it is asked."""


def is_asked_after(name: str, told: Answers, conditions: Conditions) -> bool:
    """Tell whether what is told calls for the question; silence does not."""
    return all(
        _is_among(told.get(other), wanted) for other, wanted in conditions.get(name, {}).items()
    )


def _is_among(value: Value, wanted: Sequence[Value]) -> bool:
    given = value if isinstance(value, list) else [value]
    return any(one in wanted for one in given)


def asked_at(
    variables: Iterable[VariableDefinition], age_range: tuple[int, int] | None
) -> tuple[VariableDefinition, ...]:
    """Return the questions asked of somebody who may have these ages."""
    return tuple(one for one in variables if is_asked_at(one, age_range))


def keep_asked(answers: Answers, told: Answers, conditions: Conditions) -> dict[str, Value]:
    """Return the answers given to questions that were asked; nothing is kept of the others.

    `told` holds what is known besides the answers. A question asked only after one that was not
    asked is not asked either.
    """
    kept: dict[str, Value] = {name: one for name, one in answers.items() if one is not None}
    while True:
        known = {**told, **kept}
        asked: dict[str, Value] = {
            name: value for name, value in kept.items() if is_asked_after(name, known, conditions)
        }
        if len(asked) == len(kept):
            return asked
        kept = asked
