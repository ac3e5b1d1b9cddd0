"""Read an XForm, whoever made it: `read_form` gives the form, or all that is wrong with it."""

from gwa.questionnaires.xform.reading.form import read_form

__all__ = ["read_form"]
