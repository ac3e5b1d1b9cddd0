"""How many numbered forms, of which questionnaire."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.collection.actions.paper_forms import MOST_AT_ONCE
from gwa.questionnaires.models import FormVersion


class PrintForm(forms.Form):
    """Print numbered forms."""

    version = forms.ChoiceField(label=_("Questionnaire"))
    copies = forms.IntegerField(
        label=_("Nombre de fiches"), min_value=1, max_value=MOST_AT_ONCE, initial=10
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        versions: Sequence[FormVersion],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self._versions = {str(one.pk): one for one in versions}
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (key, one.form.title) for key, one in self._versions.items()
        ]

    def clean_version(self) -> FormVersion:
        """Return the version chosen."""
        return self._versions[self.cleaned_data["version"]]
