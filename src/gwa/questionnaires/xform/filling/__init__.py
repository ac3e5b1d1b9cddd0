"""Fill a form without a phone: answers that somebody wants and the form takes, else likely ones."""

from gwa.questionnaires.xform.filling.filler import fill_form
from gwa.questionnaires.xform.filling.teller import Asked, Filled, Teller

__all__ = ["Asked", "Filled", "Teller", "fill_form"]
