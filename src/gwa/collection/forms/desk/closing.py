"""The last words: consent, and the papers handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.collection.errors import ConsentFormMissing, ConsentMissing
from gwa.collection.forms.desk.base import QuestionsPart
from gwa.common.drafts import Fields
from gwa.variables.rules.definitions import Value, VariableDefinition

PREFIX = "c"
CONSENT, SHARING, FORM = "consent_registration", "consent_sharing", "consent_form"
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
_YES_NO = [("true", _("oui")), ("false", _("non"))]


class ClosingForm(QuestionsPart):
    """Step 5: what the household agrees to. Sharing is no unless somebody says yes."""

    def __init__(
        self,
        *,
        told: Fields,
        checks: bool,
        variables: tuple[VariableDefinition, ...],
        language: str,
    ) -> None:
        super().__init__(
            told=told, prefix=PREFIX, checks=checks, variables=variables, language=language
        )
        for name, sentence in (
            (CONSENT, ConsentMissing.message),
            (FORM, ConsentFormMissing.message),
        ):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence
        for name in (CONSENT, SHARING):
            if name in self.fields:
                self.fields[name] = forms.ChoiceField(
                    label=self.fields[name].label,
                    choices=_YES_NO,
                    required=name == CONSENT,
                    error_messages=self.fields[name].error_messages,
                    widget=forms.RadioSelect,
                    initial="false" if name == SHARING else None,
                )

    def answers(self) -> dict[str, Value]:
        """Return the answers; nothing said of sharing is a no."""
        given = super().answers()
        if SHARING in self.fields:
            given.setdefault(SHARING, False)
        return given
