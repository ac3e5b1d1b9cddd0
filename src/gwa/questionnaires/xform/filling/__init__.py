"""Fill a form without a phone: answers that somebody wants and the form takes, else likely ones."""

from gwa.questionnaires.xform.filling.filler import fill_form
from gwa.questionnaires.xform.filling.teller import Asked, Filled, NotYet, Stopped, Teller

__all__ = ["Asked", "Filled", "NotYet", "Stopped", "Teller", "fill_form"]
