"""The questions of one section of the questionnaire, as a form made from the dictionary."""

from typing import Any

from django.utils.translation import get_language

from gwa.registry.forms.base import CorrectionForm
from gwa.variables.fields import make_field, to_answer, to_field
from gwa.variables.rules.definitions import VariableDefinition


class AnswersForm(CorrectionForm):
    """Correct the answers of a section; what is left unknown is erased."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        variables: tuple[VariableDefinition, ...],
        answers: dict[str, Any],
        **options: Any,  # noqa: ANN401
    ) -> None:
        language = get_language() or "fr"
        initial = {f"answer_{v.name}": to_field(answers.get(v.name), v.type) for v in variables}
        super().__init__(*args, initial=initial, **options)
        self.variables = variables
        for variable in variables:
            self.fields[f"answer_{variable.name}"] = make_field(variable, language)
        last = ("source_kind", "collected_on", "reason")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def changes(self) -> dict[str, object]:
        """Return the answers that differ, by the name the registry corrects them under."""
        return {
            f"answers.{variable.name}": to_answer(
                self.cleaned_data[f"answer_{variable.name}"], variable.type
            )
            for variable in self.variables
            if f"answer_{variable.name}" in self.changed_data
        }
