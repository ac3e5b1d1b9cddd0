"""The filters beside the search box. None of them is personal data: they stay in the address."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gwa.common.access import Person as Reader
from gwa.common.text import fold
from gwa.registry.models import Household
from gwa.registry.queries.hits import Filters, Order, ranges_of
from gwa.registry.queries.places import Place, names_of_paths, places_called
from gwa.registry.words import show_day
from gwa.variables.errors import NoDictionary
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import CODED, Level, Storage
from gwa.zones.models import Zone

_ORDERS = {Order.PLACE: _("par lieu"), Order.OLDEST: _("les plus anciens entretiens d’abord")}


class FiltersForm(forms.Form):
    """Where, in what state, when visited, and one answer."""

    s = forms.CharField(required=False, widget=forms.HiddenInput)
    zone = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Zone"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Région, cercle, commune, village")}),
    )
    status = forms.ChoiceField(
        label=_("État"),
        choices=[("", _("tous")), *Household.Status.choices],
        required=False,
    )
    visited_from = forms.DateField(label=_("Entretien à partir du"), required=False)
    visited_to = forms.DateField(label=_("Jusqu’au"), required=False)
    answer = forms.ChoiceField(label=_("Réponse"), required=False)
    order = forms.ChoiceField(label=_("Ordre"), choices=list(_ORDERS.items()), required=False)

    def __init__(self, *args: Any, reader: Reader, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["answer"].choices = _answers()  # type: ignore[attr-defined]
        self.reader = reader
        self.chosen: Place | None = None
        self.namesakes: list[Place] = []

    def filters(self) -> Filters:
        """Return the filters that could be read; a wrong one is shown and left out."""
        self.full_clean()
        told = self.cleaned_data
        self._find_zone(told.get("zone"), told.get("place", ""))
        variable, _sep, choice = told.get("answer", "").partition("=")
        return Filters(
            zone_path=self.chosen.path if self.chosen else "",
            status=told.get("status", ""),
            visited_from=told.get("visited_from"),
            visited_to=told.get("visited_to"),
            variable=variable,
            choice=choice,
            of_person=bool(variable) and variable in current_dictionary().at_level(Level.PERSON),
        )

    def in_words(self) -> list[str]:
        """Return the filters that were read, as people say them."""
        told = self.cleaned_data
        days = (
            (_("à partir du %(day)s"), told.get("visited_from")),
            (_("jusqu’au %(day)s"), told.get("visited_to")),
        )
        words = [
            self.chosen.name if self.chosen else "",
            str(Household.Status(told["status"]).label) if told.get("status") else "",
            *(words % {"day": show_day(day)} for words, day in days if day),
            *(
                f"{question} : {label}"
                for question, answers in self.fields["answer"].choices[1:]  # type: ignore[attr-defined]
                for code, label in answers
                if code == told.get("answer")
            ),
        ]
        return [one for one in words if one]

    def chosen_order(self) -> Order:
        """Return the order of a list without a name."""
        return Order(self.cleaned_data.get("order") or Order.PLACE)

    def _find_zone(self, zone_id: int | None, name: str) -> None:
        """Find the zone chosen, or the one of that name in the reader's zones."""
        if zone_id:
            path = Zone.objects.filter(pk=zone_id).values_list("path", flat=True).first()
            if path:
                self.chosen = names_of_paths([path])[path]
        elif name:
            called = places_called(fold(name), ranges_of(self.reader.scope_paths()))
            if called:
                self.chosen, *self.namesakes = called
            else:
                self.add_error("place", _("Aucune de vos zones ne porte ce nom."))


def _answers() -> list[tuple[object, object]]:
    """Offer every choice of every coded question that is not sensitive, question by question."""
    language = get_language() or "fr"
    try:
        dictionary = current_dictionary()
    except NoDictionary:
        return [("", _("toutes"))]
    groups: list[tuple[object, object]] = [("", _("toutes"))]
    for section, variables in dictionary.by_section(storage=Storage.ANSWERS):
        groups += [
            (
                f"{section.label(language)} · {variable.label(language)}",
                [(f"{variable.name}={c.code}", c.label(language)) for c in variable.choices],
            )
            for variable in variables
            if variable.type in CODED and not variable.sensitive
        ]
    return groups
