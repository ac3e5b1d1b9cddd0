"""Mappings as they are written in the dictionary's YAML and kept in the database."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gwa.variables.rules.mappings import (
    Change,
    Flag,
    Keep,
    MappingKind,
    Output,
    Recode,
    Scale,
    VersionMapping,
    mapping_of,
)


def read_mapping(raw: Mapping[str, Any]) -> VersionMapping | str:
    """Read the `changes` of a dictionary file; give the name of the first that cannot be read.

    Each old name has one line, `{renamed: new}`, `{dropped: true}`, `{merged: {old: new}}`,
    `{converted: {to: new, factor: "0.01"}}` or `{split: {new: {…}, other: {…}}}`.
    """
    changes = []
    for source, body in raw.items():
        try:
            changes.append(_read_change(source, body))
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
            return str(source)
    return mapping_of(changes)


def _read_change(source: str, body: Mapping[str, Any]) -> Change:
    ((word, value),) = body.items()
    match word:
        case "renamed":
            return Change(MappingKind.RENAMED, source, (Output(str(value)),))
        case "dropped":
            return Change(MappingKind.DROPPED, source)
        case "merged":
            return Change(MappingKind.MERGED_CHOICES, source, (Output(source, _recode(value)),))
        case "converted":
            output = Output(value.get("to", source), _scale(value["factor"]))
            return Change(MappingKind.UNIT_CONVERTED, source, (output,))
        case "split":
            outputs = tuple(read_output({"target": target, **how}) for target, how in value.items())
            return Change(MappingKind.SPLIT, source, outputs)
        case _:
            raise ValueError(word)


def _recode(table: Mapping[str, str | None]) -> Recode:
    return Recode({str(old): new if new is None else str(new) for old, new in table.items()})


def _scale(factor: object) -> Scale:
    scale = Scale(Decimal(str(factor)))
    if not scale.factor.is_finite() or scale.factor <= 0:
        raise ValueError(factor)
    return scale


def read_output(raw: Mapping[str, Any]) -> Output:
    """Read one output as it is kept in the database."""
    target = raw["target"]
    if "recode" in raw:
        return Output(target, _recode(raw["recode"]))
    if "flag" in raw:
        return Output(target, Flag(frozenset(raw["flag"]), frozenset(raw.get("unknown", ()))))
    if "scale" in raw:
        return Output(target, _scale(raw["scale"]))
    return Output(target)


def write_output(output: Output) -> dict[str, Any]:
    """Write one output as it is kept in the database; `read_output` reads it back."""
    match output.transform:
        case Keep():
            return {"target": output.target}
        case Recode(table):
            return {"target": output.target, "recode": dict(table)}
        case Flag(codes, unknown):
            how = {"flag": sorted(codes), "unknown": sorted(unknown)}
            return {"target": output.target, **how}
        case Scale(factor):
            return {"target": output.target, "scale": str(factor)}
