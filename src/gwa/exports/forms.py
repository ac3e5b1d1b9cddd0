"""What to export: where, whom, which columns, in which form, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.common.text import fold
from gwa.exports.columns import LINKS, Offered, allowed, offered_columns
from gwa.exports.models import Export
from gwa.registry.models import Household
from gwa.registry.queries.hits import ranges_of
from gwa.registry.queries.places import places_called
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import Level

# What most people want; everything else is one box away.
_USUAL = {
    "registry_number",
    "name_of_commune",
    "name_of_zone",
    "address",
    "status",
    "last_interview_on",
    "size",
    "given_name",
    "family_name",
    "sex",
    "age_min",
    "age_max",
    "relationship",
    "is_principal",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One column to tick."""

    column: Offered
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one chapter, which one box takes all at once."""

    key: str
    label: str
    boxes: tuple[Box, ...]
    is_whole: bool

    @property
    def ticked(self) -> int:
        """How many are ticked one by one."""
        return sum(box.is_ticked for box in self.boxes)


class ExportForm(forms.Form):
    """The question. Columns are ticked in lists of their own, drawn by the page."""

    place = forms.CharField(
        label=_("Zone"),
        max_length=120,
        required=False,
        help_text=_("Région, cercle, commune, village. Vide : toutes vos zones."),
    )
    zone = forms.TypedChoiceField(
        label=_("Laquelle"), required=False, coerce=int, empty_value=None, choices=()
    )
    status = forms.ChoiceField(
        label=_("État des ménages"),
        choices=[("", _("tous")), *Household.Status.choices],
        initial=Household.Status.ACTIVE,
        required=False,
    )
    section = forms.ChoiceField(label=_("Section demandée entre deux dates"), required=False)
    asked_from = forms.DateField(label=_("À partir du"), required=False)
    asked_to = forms.DateField(label=_("Jusqu’au"), required=False)
    form = forms.ChoiceField(label=_("Fichier"), choices=Export.Form.choices)
    wording = forms.ChoiceField(
        label=_("Valeurs"),
        choices=Export.Wording.choices,
        help_text=_("Parquet est toujours en codes."),
    )
    with_persons = forms.BooleanField(label=_("Les personnes aussi"), required=False, initial=True)
    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("À qui ira ce fichier et pour quoi faire. Ne nommez personne du registre."),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:  # noqa: ANN401 (Django's)
        super().__init__(*args, **options)
        self.person, self.language = person, get_language() or "fr"
        self.dictionary = current_dictionary()
        sections = [
            (one.name, one.label(self.language))
            for one, _variables in self.dictionary.by_section(level=Level.HOUSEHOLD)
        ]
        self.fields["section"].choices = [("", _("sans condition")), *sections]  # type: ignore[attr-defined]
        self._offer_zone()

    def _offer_zone(self) -> None:
        """Show the choice between zones of one name only where there is one to make."""
        name = fold(str(self.data.get("place") or "")) if self.is_bound else ""
        found = places_called(name, ranges_of(self.person.scope_paths())) if name else []
        self.found = found
        if len(found) > 1:
            offered = [(one.id, one.full_name) for one in found]
            self.fields["zone"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["zone"]

    def clean(self) -> dict[str, Any]:
        """Find the zone, and refuse dates without a section."""
        told = super().clean() or {}
        if told.get("place") and not self.found:
            self.add_error("place", _("Aucune de vos zones ne porte ce nom."))
        if len(self.found) > 1 and not told.get("zone"):
            self.add_error("place", _("Plusieurs zones portent ce nom : choisissez laquelle."))
        first, last = told.get("asked_from"), told.get("asked_to")
        if (first or last) and not told.get("section"):
            self.add_error("section", _("Dites de quelle section sont ces dates."))
        if first and last and first > last:
            self.add_error("asked_to", _("Ce jour vient avant le premier."))
        return told

    def groups(self, level: Level) -> list[Group]:
        """The columns to tick, by chapter."""
        groups: dict[str, list[Offered]] = {}
        for one in self._offered(level):
            groups.setdefault(one.group, []).append(one)
        ticked = set(self.data.getlist(f"{level}_columns")) if self.is_bound else _USUAL  # type: ignore[attr-defined]
        whole = set(self.data.getlist("groups")) if self.is_bound else set()  # type: ignore[attr-defined]
        return [
            Group(
                key=f"{level}:{number}",
                label=label,
                boxes=tuple(Box(one, one.name in ticked) for one in columns),
                is_whole=f"{level}:{number}" in whole,
            )
            for number, (label, columns) in enumerate(groups.items())
        ]

    def household_groups(self) -> list[Group]:
        """The columns of households, by chapter."""
        return self.groups(Level.HOUSEHOLD)

    def person_groups(self) -> list[Group]:
        """The columns of persons, by chapter."""
        return self.groups(Level.PERSON)

    def _offered(self, level: Level) -> Iterable[Offered]:
        known = offered_columns(self.dictionary, level, self.language)
        return [one for one in allowed(known, self.person) if one.name not in LINKS[level]]

    def _names(self, level: Level) -> list[str]:
        taken = [
            box.column.name
            for group in self.groups(level)
            for box in group.boxes
            if group.is_whole or box.is_ticked
        ]
        return [*LINKS[level], *taken]

    def export(self) -> Export:
        """Return the question as it will be kept; saves nothing."""
        told = self.cleaned_data
        zone_id = told.get("zone") or (self.found[0].id if self.found else None)
        is_typed = told["form"] == Export.Form.PARQUET
        return Export(
            asked_by=self.person,
            reason=told["reason"],
            form=told["form"],
            wording=Export.Wording.CODES if is_typed else told["wording"],
            language=self.language,
            zone_id=zone_id,
            status=told["status"],
            section=told["section"],
            asked_from=told["asked_from"],
            asked_to=told["asked_to"],
            household_columns=self._names(Level.HOUSEHOLD),
            person_columns=self._names(Level.PERSON) if told["with_persons"] else [],
        )
