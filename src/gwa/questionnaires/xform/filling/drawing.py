"""Answers to try where nobody wants another: likely ones first, until the form takes one."""

import datetime as dt
from collections.abc import Sequence

from gwa.questionnaires.xform.definitions import Kind, Question

_NUMBERS = ("1", "2", "0", "3", "5", "10", "20", "50", "100", "1000", "10000", "1985", "2015")
_TEXTS = ("Essai", "76123456", "12345678901234A", "0", "a")
_DAYS_BACK = (0, 400, 4_000, 12_000, 20_000)


def draw_answers(question: Question, offered: Sequence[str] | None, today: dt.date) -> list[str]:
    """List what may be an answer. `offered` are the codes of a choice, None for any other kind."""
    if offered is not None:
        return list(offered)
    match question.kind:
        case Kind.ACKNOWLEDGE:
            return ["OK"]
        case Kind.GEOPOINT:
            return ["12.65 -8.0 350 5"]
    match question.data_type:
        case "int" | "integer" | "decimal":
            return list(_NUMBERS)
        case "date":
            return [(today - dt.timedelta(days=days)).isoformat() for days in _DAYS_BACK]
        case "dateTime":
            return [f"{today.isoformat()}T10:00:00.000+00:00"]
        case "time":
            return ["10:00:00.000Z"]
        case "geotrace" | "geoshape" | "binary":
            return []
        case "boolean":
            return ["true"]
    return list(_TEXTS)
