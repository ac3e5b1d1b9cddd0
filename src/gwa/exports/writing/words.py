"""Typed columns as text: codes for another system, or words for readers."""

from collections.abc import Sequence

import polars as pl
from django.utils.translation import gettext as _

from gwa.common.formulas import TO_GUARD
from gwa.exports.columns import Offered

_BETWEEN_CODES, _BETWEEN_WORDS = ";", " ; "


def headers(columns: Sequence[Offered], *, in_words: bool) -> list[str]:
    """What stands above the columns; two with one label are told apart by their names."""
    if not in_words:
        return [one.name for one in columns]
    labels = [one.label for one in columns]
    return [
        one.label if labels.count(one.label) == 1 else f"{one.label} ({one.name})"
        for one in columns
    ]


def to_words(frame: pl.DataFrame, columns: Sequence[Offered], *, in_words: bool) -> pl.DataFrame:
    """Put codes, lists and yes or no into text; numbers and days keep their types."""
    schema = frame.schema
    return frame.select(_say(schema[one.name], one, in_words) for one in columns)


def _say(kind: pl.DataType, column: Offered, in_words: bool) -> pl.Expr:
    values = pl.col(column.name)
    labels = dict(column.choices)
    if isinstance(kind, pl.List):
        texts = values.list.eval(_label(pl.element(), labels, in_words))
        return texts.list.join(_BETWEEN_WORDS if in_words else _BETWEEN_CODES)
    if isinstance(kind, pl.Enum):
        return _label(values, labels, in_words)
    if isinstance(kind, pl.Boolean):
        yes, no = (_("oui"), _("non")) if in_words else ("true", "false")
        told = pl.when(values).then(pl.lit(yes)).when(~values).then(pl.lit(no))
        return told.otherwise(None).alias(column.name)
    return values


def _label(values: pl.Expr, labels: dict[str, str], in_words: bool) -> pl.Expr:
    text = values.cast(pl.String)
    return text.replace(labels) if in_words and labels else text


def guard_formulas(frame: pl.DataFrame, texts: str = TO_GUARD) -> pl.DataFrame:
    """Put an apostrophe before each text that a spreadsheet would run, or that `texts` says."""
    guarded = [
        pl.when(pl.col(name).str.contains(texts))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.String)
    ]
    return frame.with_columns(guarded)
