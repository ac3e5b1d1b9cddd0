"""What a form does to the variable dictionary."""

from gwa.questionnaires.rules.deriving import Derived, derive
from gwa.questionnaires.xform.definitions import Form
from gwa.registry.columns import HOUSEHOLD_COLUMNS, PERSON_COLUMNS
from gwa.variables.queries import current_dictionary

_OWN = frozenset({*(column.name for column in (*HOUSEHOLD_COLUMNS, *PERSON_COLUMNS)), "end_reason"})
"""The registry's own columns: a form may fill them, and they are no variables."""


def derive_dictionary(form: Form) -> Derived:
    """Return the dictionary in force, widened by what the form saves."""
    return derive(form, current_dictionary(), _OWN)
