"""What one may ask of the dictionary."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gwa.variables.models import DictionaryVersion
from gwa.variables.rules.definitions import Dictionary, Level
from gwa.variables.words import LEVELS


class VariableFilter(forms.Form):
    """Filters of the list of variables; an empty field asks nothing."""

    q = forms.CharField(label=_("Mot ou réponse"), required=False, max_length=100)
    section = forms.ChoiceField(label=_("Section"), required=False)
    level = forms.ChoiceField(label=_("Niveau"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, dictionary: Dictionary, language: str, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        sections = [(section.name, section.label(language)) for section in dictionary.sections]
        levels = [(level.value, LEVELS[level]) for level in Level]
        self.fields["section"].choices = [("", _("Toutes")), *sections]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("Tous")), *levels]  # type: ignore[attr-defined]


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """The choice of a version by its number."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own signature)
        versions = DictionaryVersion.objects.all()
        super().__init__(versions, to_field_name="number", **options)

    def label_from_instance(self, version: DictionaryVersion) -> str:
        """Name a version in words."""
        return gettext("Version %(number)s") % {"number": version.number}


class VersionPair(forms.Form):
    """Two versions to compare, the older first."""

    old = VersionField(label=_("Ancienne version"))
    new = VersionField(label=_("Nouvelle version"))

    def clean(self) -> dict[str, Any]:
        """Put the older version first, whatever the order of the choice."""
        pair: dict[str, Any] = super().clean() or {}
        old, new = pair.get("old"), pair.get("new")
        if old and new and old.number > new.number:
            pair |= {"old": new, "new": old}
        return pair


class Reason(forms.Form):
    """Why a version changes state."""

    reason = forms.CharField(label=_("Motif"), max_length=500)
