"""What each column of the files means: one choice a column, whatever the shape of the list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwa.collection.forms.imports import LayoutForm
from gwa.collection.looking import ColumnSeen, SheetSeen
from gwa.collection.rules.mappings import Layout, targets
from gwa.collection.words import label_of
from gwa.variables.rules.definitions import Dictionary, Level

_KEY = "key"
_MARKS = {Level.HOUSEHOLD: "h", Level.PERSON: "p"}
_HEADINGS = {Level.HOUSEHOLD: _("Le ménage"), Level.PERSON: _("La personne")}
_NOT_READ = _("ne pas lire")
_LINK = _("Clé du ménage dans la liste (relie ses lignes)")
_NOTHING_CHOSEN = _("Dites ce que veut dire au moins une colonne.")

Options = list[tuple[str | Promise, Any]]


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """A sheet with the question about each of its columns."""

    seen: SheetSeen
    columns: list[tuple[ColumnSeen, BoundField]]


class ColumnsForm(LayoutForm):
    """The layout of the list, and the meaning of each of its columns.

    A column of a household and one of a person may stand in the same sheet: the meaning says which.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        sheets: Sequence[SheetSeen],
        kept: Mapping[str, Any],
        dictionary: Dictionary,
        **options: Any,  # noqa: ANN401 (those of Form)
    ) -> None:
        super().__init__(*args, **options)
        self.sheets = sheets
        self.initial["layout"] = kept.get("layout", Layout.FLAT)
        choices = _choices(dictionary)
        meanings = _meanings(kept, sheets)
        for place, sheet in enumerate(sheets):
            for number, column in enumerate(sheet.columns):
                self.fields[_name(place, number)] = forms.ChoiceField(
                    label=column.title,
                    choices=choices,
                    required=False,
                    initial=meanings.get((place, column.title), ""),
                )

    def asked_sheets(self) -> Iterator[AskedSheet]:
        """The sheets, each column with its question."""
        for place, sheet in enumerate(self.sheets):
            columns = [
                (column, self[_name(place, number)]) for number, column in enumerate(sheet.columns)
            ]
            yield AskedSheet(sheet, columns)

    def clean(self) -> dict[str, Any]:
        """A list of which nothing is read brings nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(value for name, value in cleaned.items() if name != "layout"):
            raise forms.ValidationError(_NOTHING_CHOSEN)
        return cleaned

    def mapping(self) -> dict[str, Any]:
        """Return the columns as an import keeps them."""
        layout = Layout(self.cleaned_data["layout"])
        home = self._sheet_with(Level.HOUSEHOLD)
        people = self._sheet_with(Level.PERSON)
        if layout == Layout.FLAT:
            home = people = max(home, people, key=self._count)
        elif layout == Layout.HOUSEHOLDS:
            people = home
        mapping: dict[str, Any] = {"layout": str(layout)}
        if layout != Layout.PERSONS:
            mapping["households"] = {
                "sheet": self.sheets[home].name,
                "key": self._key(home),
                "columns": self._columns(home, Level.HOUSEHOLD),
            }
        columns = self._columns(people, Level.PERSON)
        if columns or layout != Layout.HOUSEHOLDS:
            mapping["persons"] = {
                "sheet": self.sheets[people].name,
                "household_key": self._key(people),
                "columns": columns,
            }
        return mapping

    def _sheet_with(self, level: Level) -> int:
        """The sheet with the most columns about a level; the first where no sheet has any."""
        places = range(len(self.sheets))
        return max(places, key=lambda place: (len(self._columns(place, level)), -place))

    def _columns(self, place: int, level: Level) -> dict[str, str]:
        mark = f"{_MARKS[level]}:"
        chosen = self._chosen(place)
        return {
            title: meaning.removeprefix(mark)
            for title, meaning in chosen.items()
            if meaning.startswith(mark)
        }

    def _key(self, place: int) -> str:
        chosen = self._chosen(place)
        return next((title for title, meaning in chosen.items() if meaning == _KEY), "")

    def _count(self, place: int) -> int:
        return sum(map(bool, self._chosen(place).values()))

    def _chosen(self, place: int) -> dict[str, str]:
        return {
            column.title: self.cleaned_data.get(_name(place, number), "")
            for number, column in enumerate(self.sheets[place].columns)
        }


def _name(place: int, number: int) -> str:
    return f"column-{place}-{number}"


def _choices(dictionary: Dictionary) -> Options:
    choices: Options = [("", _NOT_READ), (_KEY, _LINK)]
    for level, mark in _MARKS.items():
        named = [
            (f"{mark}:{name}", label_of(name, dictionary)) for name in targets(dictionary, level)
        ]
        choices.append((_HEADINGS[level], named))
    return choices


def _meanings(kept: Mapping[str, Any], sheets: Sequence[SheetSeen]) -> dict[tuple[int, str], str]:
    """What columns mean at first, as suggested or kept.

    A kept choice finds its sheet by its titles where the sheet has another name this time.
    """
    meanings: dict[tuple[int, str], str] = {}
    parts = (("households", "key", "h"), ("persons", "household_key", "p"))
    for part, key, mark in parts:
        told = kept.get(part) or {}
        columns = told.get("columns", {})
        place = _find_sheet(told.get("sheet", ""), {*columns, told.get(key, "")}, sheets)
        for title, name in columns.items():
            meanings[place, title] = f"{mark}:{name}"
        if told.get(key):
            meanings[place, told[key]] = _KEY
    return meanings


def _find_sheet(name: str, titles: set[str], sheets: Sequence[SheetSeen]) -> int:
    def weight(place: int) -> tuple[int, bool]:
        own = {column.title for column in sheets[place].columns}
        return len(own & titles), sheets[place].name == name

    return max(range(len(sheets)), key=weight, default=0)
