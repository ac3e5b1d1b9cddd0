"""Fill a form without a phone: answers that somebody wants and the form takes, else likely ones."""

from gwa.questionnaires.xform.filling.filler import (
    Asked,
    Filled,
    NotYet,
    Stopped,
    Teller,
    fill_form,
)

__all__ = ["Asked", "Filled", "NotYet", "Stopped", "Teller", "fill_form"]
