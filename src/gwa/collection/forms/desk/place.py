"""Where the household is, and where what one knows of it comes from."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.collection.forms.desk.base import SheetPart, today
from gwa.collection.rules.paper_numbers import read_paper_number
from gwa.common.drafts import Fields
from gwa.common.text import fold
from gwa.registry.models import Compound, Source
from gwa.registry.queries.hits import ranges_of
from gwa.registry.queries.places import Place, names_of_paths, settlements_beginning
from gwa.registry.rules.facts import Position
from gwa.zones.models import SETTLEMENTS, Zone

PREFIX = "place"
_MOST_COMPOUNDS = 200
_SOURCES = [
    (Source.Kind.PAPER.value, _("une fiche papier")),
    (Source.Kind.INTERVIEW.value, _("une personne venue au guichet")),
]


class PlaceForm(SheetPart):
    """Step 1: the source, the place."""

    source_kind = forms.ChoiceField(
        label=_("Vous saisissez d’après"),
        choices=_SOURCES,
        initial=Source.Kind.PAPER.value,
        widget=forms.RadioSelect,
    )
    interviewed_on = forms.DateField(
        label=_("Date de l’entretien"),
        help_text=_("Par exemple 22/11/2026."),
        error_messages={"required": _("Dites quel jour le ménage a été interrogé.")},
        widget=forms.DateInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    paper_number = forms.CharField(
        label=_("Numéro de la fiche papier"),
        max_length=60,
        required=False,
        help_text=_("Tel qu’il est imprimé, par exemple F-000042-69."),
    )
    place = forms.CharField(
        label=_("Village, quartier ou fraction"),
        max_length=120,
        help_text=_("Écrivez le début du nom, puis choisissez."),
        error_messages={
            "required": _("Dites dans quel village, quartier ou fraction vit le ménage.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    address = forms.CharField(label=_("Adresse ou repère"), max_length=200, required=False)
    lat = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, localize=True
    )
    lon = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, localize=True
    )

    def __init__(self, *, told: Fields, reader: User, checks: bool) -> None:
        super().__init__(told=told, prefix=PREFIX, checks=checks)
        self.reader = reader

    @cached_property
    def candidates(self) -> list[Place]:
        """The places of the reader's zones whose name begins as typed."""
        return settlements_beginning(
            fold(self.typed("place")), ranges_of(self.reader.scope_paths())
        )

    @cached_property
    def zone(self) -> Place | None:
        """The place meant: the one chosen, else the only one of that name, or of that beginning."""
        chosen = self.typed("zone_id")
        found = [place for place in self.candidates if str(place.id) == chosen]
        if found:
            return found[0]
        name = fold(self.typed("place"))
        exact = [place for place in self.candidates if fold(place.name) == name]
        begun = [place for place in self.candidates if fold(place.name).startswith(name)]
        alone = exact if exact else begun
        return alone[0] if name and len(alone) == 1 else None

    @cached_property
    def compounds(self) -> list[Compound]:
        """The named compounds of the place meant."""
        if self.zone is None:
            return []
        rows = Compound.objects.visible_to(self.reader).filter(
            zone_id=self.zone.id, ended_on__isnull=True
        )
        return list(rows.exclude(name="").order_by("name", "id")[:_MOST_COMPOUNDS])

    @property
    def compound_id(self) -> UUID | None:
        """The known compound chosen, if it is one of the place."""
        chosen = self.typed("compound")
        return next((one.pk for one in self.compounds if str(one.pk) == chosen), None)

    @property
    def new_compound(self) -> str:
        """The name of a compound to open, where none of the known ones is chosen."""
        return "" if self.compound_id else self.typed("new_compound")

    def clean(self) -> dict[str, Any]:
        """Ask for a place that is found, and refuse half a point."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.zone is None and cleaned.get("place"):
            self.add_error("place", self._say_missing_place())
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None) and not (
            {"lat", "lon"} & self.errors.keys()
        ):
            self.add_error("lon", _("Donnez la latitude et la longitude, ou aucune des deux."))
        return cleaned

    def _say_missing_place(self) -> str:
        if self.candidates:
            return str(_("Plusieurs lieux commencent ainsi : choisissez le bon dans la liste."))
        return str(_("Aucun lieu de vos zones ne commence ainsi : vérifiez l’orthographe."))

    @property
    def numbered(self) -> str:
        """The number of one of our own paper forms; empty for any other paper."""
        return read_paper_number(self.typed("paper_number")) or ""

    @property
    def day(self) -> dt.date:
        """The day of the interview, or today while it is not known."""
        if self.is_bound:
            return self.read("interviewed_on") or today()
        field = self.fields["interviewed_on"]
        try:
            return field.clean(self.typed("interviewed_on")) or today()
        except forms.ValidationError:
            return today()

    def position(self) -> Position | None:
        """Return the point, if any."""
        lat, lon = self.read("lat"), self.read("lon")
        return Position(lon, lat) if lat is not None and lon is not None else None


def place_of(zone: Zone) -> Place:
    """Return a zone as a line of text."""
    return names_of_paths([zone.path])[zone.path]


def only_settlement(reader: User) -> Place | None:
    """Return the one place where the reader may register, where there is only one."""
    paths = reader.scope_paths()
    zones = Zone.objects.filter(path__in=paths, level__in=SETTLEMENTS)
    found = list(zones[:2]) if len(paths) == 1 else []
    return place_of(found[0]) if len(found) == 1 else None
