"""The data dictionary beside an export: each column, what it means, what it may hold."""

from collections.abc import Mapping, Sequence

import polars as pl
from django.utils import translation
from django.utils.translation import gettext as _

from gwa.exports.columns import Offered, offered_columns
from gwa.variables.rules.definitions import Dictionary, Level

LANGUAGES = ("fr", "en")


def describe(dictionary: Dictionary, chosen: Mapping[Level, Sequence[Offered]]) -> pl.DataFrame:
    """Return a line a column: table, name, label and choices in French and English, type."""
    in_languages = {language: _labels(dictionary, language) for language in LANGUAGES}
    lines = []
    for level, columns in chosen.items():
        for one in columns:
            fr, en = (in_languages[language][level, one.name] for language in LANGUAGES)
            lines.append((_table(level), one.name, fr[0], en[0], one.type.value, fr[1], en[1]))
    names = ("table", "name", "label_fr", "label_en", "type", "choices_fr", "choices_en")
    return pl.DataFrame(lines, schema=dict.fromkeys(names, pl.String()), orient="row")


def _labels(dictionary: Dictionary, language: str) -> dict[tuple[Level, str], tuple[str, str]]:
    with translation.override(language):
        return {
            (level, one.name): (
                one.label,
                " | ".join(f"{code} = {label}" for code, label in one.choices),
            )
            for level in Level
            for one in offered_columns(dictionary, level, language)
        }


def _table(level: Level) -> str:
    return _("ménages") if level == Level.HOUSEHOLD else _("personnes")
