"""How answers to an older dictionary stay usable in a newer one.

A mapping says, for each variable that did not simply stay, which variables of the next version
receive its answer and through which transform. The four transforms are closed under composition:
from version 1 to version 3 there is one mapping, equal to passing through version 2.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from typing import TypeAlias

from gwa.variables.rules.answers import Problem, check_answers
from gwa.variables.rules.definitions import Answers, Value, VariableDefinition

EXACT = Context(prec=100)
"""Products of conversion factors are kept whole; rounding happens once, at the end."""


class MappingKind(StrEnum):
    """What happened to a variable, in the words of the questionnaire committee."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED_CHOICES = "merged_choices"
    DROPPED = "dropped"
    UNIT_CONVERTED = "unit_converted"
    COMBINED = "combined"


STORED_KINDS = tuple(kind for kind in MappingKind if kind != MappingKind.COMBINED)
"""What a version may declare; a combined change only results from composing two mappings."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The answer passes unchanged."""


@dataclass(frozen=True, slots=True)
class Recode:
    """Choice codes are replaced; a code mapped to None leaves no answer; others stay."""

    table: Mapping[str, str | None]

    def code(self, code: str) -> str | None:
        """Give the new code of an old one."""
        return self.table.get(code, code)


@dataclass(frozen=True, slots=True)
class Flag:
    """The answer becomes yes or no: was one of these codes chosen?

    A single choice among `unknown` ("does not know") leaves no answer rather than a no.
    """

    codes: frozenset[str]
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scale:
    """A number changes unit."""

    factor: Decimal


Transform: TypeAlias = Keep | Recode | Flag | Scale


class CannotCompose(ValueError):
    """Two transforms follow each other although no answer could pass through both."""


@dataclass(frozen=True, slots=True)
class Output:
    """One variable of the newer version, with what it makes of the old answer."""

    target: str
    transform: Transform = Keep()


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one variable: none, one or several outputs."""

    kind: MappingKind
    source: str
    outputs: tuple[Output, ...] = ()


VersionMapping: TypeAlias = Mapping[str, Change]
"""The changes between two versions, by the older name. A name that is absent stayed as it was."""


def mapping_of(changes: Iterable[Change]) -> VersionMapping:
    """Index changes by the variable they start from."""
    return {change.source: change for change in changes}


def transform_value(transform: Transform, value: Value) -> Value:
    """Pass one answer through a transform; a value the transform cannot read passes unchanged.

    What comes out is checked against the newer version: nothing wrong gets through unseen.
    """
    match transform, value:
        case Recode(), str():
            return transform.code(value)
        case Recode(), list():
            codes = (transform.code(code) for code in value)
            return list(dict.fromkeys(code for code in codes if code is not None))
        case Flag(), str():
            return None if value in transform.unknown else value in transform.codes
        case Flag(), list():
            return any(code in transform.codes for code in value)
        case Scale(), int() | float() | Decimal() if not isinstance(value, bool):
            return EXACT.multiply(Decimal(str(value)), transform.factor)
        case _:
            return value


def apply_mapping(answers: Answers, mapping: VersionMapping) -> dict[str, Value]:
    """Give the answers under the newer names. Values are exact, neither rounded nor checked."""
    result: dict[str, Value] = {}
    for name, value in answers.items():
        for output in _outputs(mapping, name):
            result[output.target] = transform_value(output.transform, value)
    return result


def _outputs(mapping: VersionMapping, name: str) -> tuple[Output, ...]:
    change = mapping.get(name)
    return change.outputs if change else (Output(name),)


def compose(first: VersionMapping, second: VersionMapping) -> VersionMapping:
    """Make one mapping of two: from the oldest version straight to the newest."""
    composed = {source: _follow(change, second) for source, change in first.items()}
    reached = {output.target for change in first.values() for output in change.outputs}
    for source, change in second.items():
        # A name that the first mapping renames or drops no longer means the same variable.
        if source not in first and source not in reached:
            composed[source] = change
    return composed


def _follow(change: Change, second: VersionMapping) -> Change:
    outputs = tuple(
        Output(after.target, _compose_transforms(before.transform, after.transform))
        for before in change.outputs
        for after in _outputs(second, before.target)
    )
    kind = change.kind if outputs else MappingKind.DROPPED
    kinds = {change.kind} | {
        second[output.target].kind for output in change.outputs if output.target in second
    }
    return Change(
        kind if len(kinds) == 1 or not outputs else MappingKind.COMBINED, change.source, outputs
    )


def _compose_transforms(first: Transform, second: Transform) -> Transform:
    match first, second:
        case Keep(), _:
            return second
        case _, Keep():
            return first
        case Recode(), Recode():
            keys = (*first.table, *(code for code in second.table if code not in first.table))
            return Recode({code: _twice(first, second, code) for code in keys})
        case Recode(), Flag():
            return Flag(
                codes=_before(first, second.codes),
                unknown=_before(first, {*second.unknown, None}),
            )
        case Scale(), Scale():
            return Scale(EXACT.multiply(first.factor, second.factor))
        case _:
            raise CannotCompose(f"{type(first).__name__} then {type(second).__name__}")


def _twice(first: Recode, second: Recode, code: str) -> str | None:
    between = first.code(code)
    return None if between is None else second.code(between)


def _before(recode: Recode, codes: AbstractSet[str | None]) -> frozenset[str]:
    """List the old codes that the recoding leads to one of these."""
    stay = {code for code in codes if code is not None and code not in recode.table}
    return frozenset(stay | {old for old, new in recode.table.items() if new in codes})


@dataclass(frozen=True, slots=True)
class Conversion:
    """Answers made usable in a newer version, and those that could not be, each with why."""

    answers: dict[str, Value]
    problems: list[Problem]


def convert_answers(
    answers: Answers, mapping: VersionMapping, variables: Mapping[str, VariableDefinition]
) -> Conversion:
    """Carry answers to the version that has these variables.

    Every answer kept is right there; one that cannot be carried is named, never lost unseen.
    Numbers that changed unit are rounded to the decimals of the newer variable.
    """
    kept: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, value in apply_mapping(answers, mapping).items():
        rounded = _round_to(value, variables.get(name))
        found = check_answers({name: rounded}, variables)
        if found:
            problems += found
        elif rounded is not None:
            kept[name] = rounded
    return Conversion(kept, problems)


def _round_to(value: Value, variable: VariableDefinition | None) -> Value:
    """Give the plain JSON number of an exact product."""
    if not isinstance(value, Decimal) or variable is None or not value.is_finite():
        return value
    rounded = round(value, variable.decimals)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
