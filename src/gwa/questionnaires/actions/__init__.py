"""The verbs of questionnaires."""

from gwa.questionnaires.actions.assignments import assign_form, end_assignment
from gwa.questionnaires.actions.publishing import publish_form, retire_form
from gwa.questionnaires.actions.revising import (
    Media,
    add_remark,
    propose_form,
    send_back_form,
    settle_remark,
    submit_form,
    validate_form,
)

__all__ = [
    "Media",
    "add_remark",
    "assign_form",
    "end_assignment",
    "propose_form",
    "publish_form",
    "retire_form",
    "send_back_form",
    "settle_remark",
    "submit_form",
    "validate_form",
]
