"""What the desk asks about interviews and telephones."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.submissions.models import Submission


class SubmissionFilter(forms.Form):
    """Which interviews are listed."""

    status = forms.ChoiceField(
        label=_("État"), required=False, choices=[("", _("tous")), *Submission.Status.choices]
    )
    queue = forms.ChoiceField(
        label=_("File d’attente"),
        required=False,
        choices=[("", _("toutes")), *Submission.Queue.choices],
    )


class DeviceForm(forms.Form):
    """A telephone, and whose it is."""

    user = forms.ModelChoiceField(
        label=_("Compte"),
        queryset=User.objects.none(),
        help_text=_("Les comptes qui peuvent envoyer des entretiens, dans vos zones."),
    )
    name = forms.CharField(
        label=_("Nom du téléphone"),
        max_length=100,
        help_text=_("Celui qui est écrit dessus, par exemple « Tecno 14 »."),
    )

    def __init__(self, *args: Any, accounts: Any, **options: Any) -> None:  # noqa: ANN401 (those of Form)
        super().__init__(*args, **options)
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = (  # type: ignore[attr-defined]
            lambda user: f"{user.full_name} ({user.username})"
        )


class ChallengeForm(forms.Form):
    """What the screen of a locked telephone shows, and why it is opened."""

    challenge = forms.CharField(
        label=_("Les huit chiffres de l’écran"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Motif"), max_length=500, help_text=_("Il reste dans le journal.")
    )
