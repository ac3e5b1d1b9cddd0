"""What one may ask of the journal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.journal.events import all_events


class JournalFilter(forms.Form):
    """Filters of the journal's list; an empty field asks nothing."""

    action = forms.ChoiceField(label=_("Action"), required=False)
    actor = forms.CharField(label=_("Compte"), required=False, max_length=150)
    subject = forms.CharField(label=_("Fiche"), required=False, max_length=200)
    since = forms.DateField(label=_("Du"), required=False)
    until = forms.DateField(label=_("Au"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        named = sorted((str(words), code) for code, words in all_events().items())
        choices = [("", _("Toutes")), *((code, words) for words, code in named)]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse dates that run backwards."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("La fin vient avant le début : échangez les deux dates."))
        return values
