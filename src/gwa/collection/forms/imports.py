"""What an import asks: its files, its columns, its options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gwa.collection.files.encodings import ENCODINGS
from gwa.collection.models import DataSource, Import, SavedMapping
from gwa.collection.rules.mappings import ERASE_WORD, Layout
from gwa.common.days import DayField, today
from gwa.zones.models import Zone

_MOST_FILES = 2
_SEPARATORS = {
    ";": _("point-virgule ( ; )"),
    ",": _("virgule ( , )"),
    "\t": _("tabulation"),
    "|": _("barre ( | )"),
}
_AS_FOUND = ("", _("trouvé dans le fichier"))


class FilesInput(forms.ClearableFileInput):
    """A field for one or two files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One or two files: some lists keep households and persons apart."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401
        """Check each file by itself."""
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(_("Déposez un fichier, ou deux : ménages et personnes."))
        clean = super().clean
        return [clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """A list to bring in: from which source, of which day."""

    data_source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=DataSource.objects.all(),
        empty_label=_("Choisir"),
        help_text=_("La base ou la collecte d’où vient ce fichier."),
    )
    collected_on = DayField(
        label=_("Date de la liste"),
        help_text=_("Le jour où ces renseignements étaient vrais, par exemple 22/11/2026."),
    )
    handed_in = FilesField(
        label=_("Fichier"),
        help_text=_(
            "Excel (XLSX), OpenDocument (ODS), CSV ou Parquet, 512 Mo au plus. Deux fichiers si "
            "les ménages et les personnes sont séparés."
        ),
    )
    zone = forms.ModelChoiceField(
        label=_("Zone"),
        queryset=Zone.objects.none(),
        empty_label=_("Choisir"),
        help_text=_("Les ménages du fichier doivent tous s’y trouver."),
    )
    encoding = forms.ChoiceField(
        label=_("Encodage d’un fichier CSV"),
        required=False,
        choices=[_AS_FOUND, *ENCODINGS.items()],
        help_text=_("À choisir seulement si les accents sont mal lus."),
    )
    separator = forms.ChoiceField(
        label=_("Séparateur d’un fichier CSV"),
        required=False,
        choices=[_AS_FOUND, *_SEPARATORS.items()],
    )

    def __init__(self, *args: Any, zone_paths: Sequence[str], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["collected_on"].initial = today
        if len(zone_paths) > 1:
            zones = Zone.objects.filter(path__in=zone_paths).order_by("name_key")
            self.fields["zone"].queryset = zones  # type: ignore[attr-defined]
        else:
            del self.fields["zone"]


class LayoutForm(forms.Form):
    """How households and persons stand in the file."""

    layout = forms.ChoiceField(
        label=_("Ce que contient une ligne"),
        widget=forms.RadioSelect,
        choices=[
            (Layout.FLAT, _("une personne, avec les renseignements de son ménage")),
            (Layout.TWO_SHEETS, _("un ménage dans une feuille, une personne dans l’autre")),
            (Layout.HOUSEHOLDS, _("un ménage, avec ou sans son chef")),
            (Layout.PERSONS, _("une personne d’un ménage que le registre connaît déjà")),
        ],
    )


class OptionsForm(forms.Form):
    """How cells are read, and what becomes of known households."""

    known = forms.ChoiceField(
        label=_("Ménages déjà connus du registre"),
        choices=Import.Known.choices,
        help_text=_("Reconnus par leur numéro, par un identifiant ou par leur clé dans la liste."),
    )
    dates = forms.ChoiceField(
        label=_("Ordre des dates"),
        choices=[
            ("dmy", _("jour, mois, année : 22/11/2026")),
            ("mdy", _("mois, jour, année : 11/22/2026")),
            ("ymd", _("année, mois, jour : 2026-11-22")),
        ],
    )
    decimal = forms.ChoiceField(
        label=_("Décimales"), choices=[(",", _("virgule : 12,5")), (".", _("point : 12.5"))]
    )
    erase_word = forms.CharField(
        label=_("Mot qui efface"),
        max_length=30,
        initial=ERASE_WORD,
        help_text=_(
            "Une cellule vide ne change jamais rien. Ce mot, écrit dans une cellule, efface la "
            "valeur du registre."
        ),
    )

    def choices_made(self) -> Mapping[str, str]:
        """Return the part of the mapping that says how cells are read."""
        names = ("dates", "decimal", "erase_word")
        return {name: self.cleaned_data[name] for name in names}


class KeepMappingForm(forms.Form):
    """A name to find these columns again with the next file of the same shape."""

    mapping_name = forms.CharField(
        label=_("Garder ces choix sous le nom"), max_length=120, required=False
    )


class SavedMappingForm(forms.Form):
    """Columns chosen for an earlier file of the same shape."""

    saved = forms.ModelChoiceField(
        label=_("Choix gardés"), queryset=SavedMapping.objects.all(), empty_label=_("Choisir")
    )
