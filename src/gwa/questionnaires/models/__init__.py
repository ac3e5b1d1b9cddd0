"""Forms, their versions, what people say of them, and to whom they go. Nobody's personal data."""

from gwa.questionnaires.models.assignments import FormAssignment
from gwa.questionnaires.models.forms import Form, FormMedia, FormVersion
from gwa.questionnaires.models.remarks import FormRemark

__all__ = ["Form", "FormAssignment", "FormMedia", "FormRemark", "FormVersion"]
