"""How every Django form is drawn at the desk, and what every dialog that asks why sends.

FORM_RENDERER = "gwa.common.forms.DeskRenderer"
"""

from django import forms
from django.forms.renderers import TemplatesSetting


class DeskRenderer(TemplatesSetting):
    """Draw forms with the templates of `forms/`: label, help, errors tied to their field."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"


class ReasonForm(forms.Form):
    """Why, for what the confirm dialogs ask."""

    reason = forms.CharField(max_length=500)
