"""Answers in bulk: lines of JSON to one typed column a variable.

Most lines are of the dictionary in force and parse at once. The others are carried to it one by
one, and whatever cannot be carried is counted, never lost unseen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from polars.exceptions import PolarsError

from gwa.snapshots.reading.shapes import column_type, json_type
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import mapping_between
from gwa.variables.rules.definitions import VariableDefinition
from gwa.variables.rules.mappings import VersionMapping, convert_answers

Variables = Mapping[str, VariableDefinition]
# Above, all answers are quicker: each one picked is searched for.
_FEW = 8
Unreadable = list[tuple[int, str]]
"""Which answers could not be read: of each, its row and its variable."""


@dataclass(frozen=True)
class AnswerReader:
    """How answers of one level become columns: the variables, and the ways from older versions."""

    variables: Variables
    version_id: int
    mappings: Mapping[int, VersionMapping]

    @cached_property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns it makes."""
        return {name: column_type(variable) for name, variable in self.variables.items()}

    @cached_property
    def _raw(self) -> dict[str, pl.DataType]:
        return {name: json_type(variable) for name, variable in self.variables.items()}

    def sql(self, alias: str) -> str:
        """The expression of the answers of a table: those wanted, where they are few.

        Answers to another version are needed whole, to be carried to this one.
        """
        if len(self.variables) > _FEW:
            return f"{alias}.answers::text"
        wanted = ", ".join(f"'{name}', {alias}.answers->'{name}'" for name in self.variables)
        return (
            f"(CASE WHEN {alias}.dictionary_version_id <> {self.version_id}"
            f" THEN {alias}.answers ELSE jsonb_build_object({wanted}) END)::text"
        )

    def read(self, lines: bytes, versions: pl.Series) -> tuple[pl.DataFrame, Unreadable]:
        """Return the columns of as many lines as there are versions, and what was unreadable."""
        unreadable: Unreadable = []
        if versions.is_empty():
            return pl.DataFrame(schema=self.schema), unreadable
        if (versions != self.version_id).any():
            lines = self._carry(lines, versions.to_list(), unreadable)
        try:
            return self._parse(lines), unreadable
        except PolarsError:
            # Something there is not what the dictionary says: look at each answer.
            return self._parse(self._carry(lines, None, unreadable)), unreadable

    def _parse(self, lines: bytes) -> pl.DataFrame:
        if not self._raw:
            return pl.DataFrame(height=lines.count(b"\n") + 1)
        parsed = pl.read_ndjson(lines, schema=self._raw)
        return parsed.cast(self.schema, strict=True)  # type: ignore[arg-type]

    def _carry(
        self, lines: bytes, versions: Sequence[int | None] | None, unreadable: Unreadable
    ) -> bytes:
        """Make the lines right for the variables, one by one."""
        texts = lines.split(b"\n")
        carried = []
        for row, (text, version) in enumerate(
            zip(texts, versions or [None] * len(texts), strict=True)
        ):
            if versions is not None and version in (None, self.version_id):
                carried.append(text)
                continue
            mapping = self.mappings.get(version, {}) if version is not None else {}
            kept = convert_answers(json.loads(text), mapping, self.variables)
            unreadable += [(row, problem.variable) for problem in kept.problems]
            carried.append(json.dumps(kept.answers, ensure_ascii=False).encode())
        return b"\n".join(carried)


def reader_of(variables: Sequence[VariableDefinition], version: DictionaryVersion) -> AnswerReader:
    """Return how to read answers of all versions up to this one."""
    older = DictionaryVersion.objects.filter(number__lt=version.number).order_by("number")
    return AnswerReader(
        variables={variable.name: variable for variable in variables},
        version_id=version.pk,
        mappings={one.pk: mapping_between(one, version) for one in older if not one.is_draft},
    )
