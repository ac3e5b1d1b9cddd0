"""What changed between two versions, and which changes would make old answers lie."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gwa.variables.rules.definitions import (
    CODED,
    NUMBERS,
    Dictionary,
    ValueType,
    VariableDefinition,
)
from gwa.variables.rules.mappings import (
    Change,
    Flag,
    Output,
    Recode,
    Scale,
    Transform,
    VersionMapping,
)


class Aspect(StrEnum):
    """What may differ in a variable that stays."""

    LABELS = "labels"
    SECTION = "section"
    LEVEL = "level"
    TYPE = "type"
    STORAGE = "storage"
    UNIT = "unit"
    RANGE = "range"
    DECIMALS = "decimals"
    SENSITIVE = "sensitive"
    AGES = "ages"
    RELEVANCE = "relevance"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_RELABELLED = "choice_relabelled"


class RefusalKind(StrEnum):
    """Changes that cannot be published; `errors.explain_refusal` has the sentence of each."""

    TYPE_CHANGED = "type_changed"
    LEVEL_CHANGED = "level_changed"
    STORAGE_CHANGED = "storage_changed"
    UNIT_CHANGED = "unit_changed"
    REMOVED_UNMAPPED = "removed_unmapped"
    CHOICE_REMOVED_UNMAPPED = "choice_removed_unmapped"
    UNKNOWN_SOURCE = "unknown_source"
    UNKNOWN_TARGET = "unknown_target"
    TARGET_TAKEN = "target_taken"
    UNFIT_TRANSFORM = "unfit_transform"
    UNKNOWN_CODE = "unknown_code"


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect that differs, before and after, as it is written in the dictionary."""

    aspect: Aspect
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class VariableChange:
    """A variable that stayed under its name, with what differs."""

    before: VariableDefinition
    after: VariableDefinition
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that would make old answers lie, and the facts that say how to mend it."""

    kind: RefusalKind
    variable: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything between an older and a newer version."""

    added: tuple[VariableDefinition, ...]
    removed: tuple[VariableDefinition, ...]
    changed: tuple[VariableChange, ...]
    refused: tuple[Refusal, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the two versions say the same of every variable."""
        return not (self.added or self.removed or self.changed or self.refused)


def compare(old: Dictionary, new: Dictionary, mapping: VersionMapping) -> Comparison:
    """Compare two versions, the mapping being the one that leads from the old to the new."""
    pairs = [(old.by_name[v.name], v) for v in new.variables if v.name in old.by_name]
    changes = (VariableChange(b, a, tuple(list_differences(b, a))) for b, a in pairs)
    return Comparison(
        added=tuple(v for v in new.variables if v.name not in old.by_name),
        removed=tuple(v for v in old.variables if v.name not in new.by_name),
        changed=tuple(change for change in changes if change.differences),
        refused=tuple(_refuse(old, new, mapping)),
    )


def list_differences(before: VariableDefinition, after: VariableDefinition) -> Iterator[Difference]:
    """Say what differs between two states of one variable."""
    facets: tuple[tuple[Aspect, object, object], ...] = (
        (Aspect.LABELS, before.labels, after.labels),
        (Aspect.SECTION, before.section, after.section),
        (Aspect.LEVEL, before.level, after.level),
        (Aspect.TYPE, before.type, after.type),
        (Aspect.STORAGE, before.storage, after.storage),
        (Aspect.UNIT, before.unit, after.unit),
        (Aspect.RANGE, (before.minimum, before.maximum), (after.minimum, after.maximum)),
        (Aspect.DECIMALS, before.decimals, after.decimals),
        (Aspect.SENSITIVE, before.sensitive, after.sensitive),
        (Aspect.AGES, (before.from_age, before.to_age), (after.from_age, after.to_age)),
        (Aspect.RELEVANCE, (before.relevance, before.note), (after.relevance, after.note)),
    )
    for aspect, was, now in facets:
        if was != now:
            yield Difference(aspect, was, now)
    yield from _list_choice_differences(before, after)


def _list_choice_differences(
    before: VariableDefinition, after: VariableDefinition
) -> Iterator[Difference]:
    for choice in after.choices:
        was = before.choice(choice.code)
        if was is None:
            yield Difference(Aspect.CHOICE_ADDED, after=choice)
        elif was.labels != choice.labels:
            yield Difference(Aspect.CHOICE_RELABELLED, was, choice)
    for choice in before.choices:
        if after.choice(choice.code) is None:
            yield Difference(Aspect.CHOICE_REMOVED, choice)


def _refuse(old: Dictionary, new: Dictionary, mapping: VersionMapping) -> Iterator[Refusal]:
    for before in old.variables:
        after = new.by_name.get(before.name)
        if after is not None:
            yield from _refuse_same_name(before, after, mapping)
        elif before.name not in mapping:
            yield Refusal(RefusalKind.REMOVED_UNMAPPED, before.name)
    for change in mapping.values():
        yield from _refuse_change(change, old, new)
    yield from _refuse_collisions(old, mapping)


def _refuse_same_name(
    before: VariableDefinition, after: VariableDefinition, mapping: VersionMapping
) -> Iterator[Refusal]:
    """A name keeps its meaning for ever: what changes it needs a new name."""
    for kind, was, now in (
        (RefusalKind.TYPE_CHANGED, before.type, after.type),
        (RefusalKind.LEVEL_CHANGED, before.level, after.level),
        (RefusalKind.STORAGE_CHANGED, before.storage, after.storage),
    ):
        if was != now:
            yield Refusal(kind, before.name, {"before": was, "after": now})
    if before.name in mapping or before.type != after.type:
        return
    if before.type in NUMBERS and before.unit != after.unit:
        facts = {"before": before.unit, "after": after.unit}
        yield Refusal(RefusalKind.UNIT_CHANGED, before.name, facts)
    for code in before.codes():
        if after.choice(code) is None:
            yield Refusal(RefusalKind.CHOICE_REMOVED_UNMAPPED, before.name, {"choice": code})


def _refuse_change(change: Change, old: Dictionary, new: Dictionary) -> Iterator[Refusal]:
    source = old.by_name.get(change.source)
    if source is None:
        yield Refusal(RefusalKind.UNKNOWN_SOURCE, change.source)
        return
    for output in change.outputs:
        target = new.by_name.get(output.target)
        if target is None:
            yield Refusal(RefusalKind.UNKNOWN_TARGET, change.source, {"target": output.target})
        elif not _fits(output.transform, source, target):
            yield Refusal(RefusalKind.UNFIT_TRANSFORM, change.source, {"target": output.target})
        else:
            yield from _refuse_codes(change.source, output, source, target)


def _fits(transform: Transform, source: VariableDefinition, target: VariableDefinition) -> bool:
    """Tell whether a transform makes values of the target's type from the source's."""
    if source.level != target.level or source.storage != target.storage:
        return False
    match transform:
        case Recode():
            return source.type in CODED and target.type == source.type
        case Flag():
            return source.type in CODED and target.type == ValueType.BOOLEAN
        case Scale():
            return source.type in NUMBERS and target.type in NUMBERS
        case _:
            is_widened = (source.type, target.type) == (ValueType.INTEGER, ValueType.DECIMAL)
            return (source.type == target.type or is_widened) and source.unit == target.unit


def _refuse_codes(
    name: str, output: Output, source: VariableDefinition, target: VariableDefinition
) -> Iterator[Refusal]:
    """Each old code must lead to a code of the newer variable, or plainly to no answer."""
    match output.transform:
        case Recode(table):
            named: Iterable[str] = table
            left = {code: table.get(code, code) for code in source.codes()}
        case Flag(codes, unknown):
            named, left = codes | unknown, {}
        case _:
            named, left = (), {code: code for code in source.codes()}
    for code in sorted(set(named) - set(source.codes())):
        yield Refusal(RefusalKind.UNKNOWN_CODE, name, {"choice": code})
    for code, reached in left.items():
        if reached is not None and target.choice(reached) is None:
            yield Refusal(RefusalKind.CHOICE_REMOVED_UNMAPPED, name, {"choice": code})


def _refuse_collisions(old: Dictionary, mapping: VersionMapping) -> Iterator[Refusal]:
    """Two old variables may not write the same new one: the second would erase the first."""
    taken = {v.name: v.name for v in old.variables if v.name not in mapping}
    for change in mapping.values():
        for output in change.outputs:
            other = taken.setdefault(output.target, change.source)
            if other != change.source:
                facts = {"target": output.target, "other": other}
                yield Refusal(RefusalKind.TARGET_TAKEN, change.source, facts)
