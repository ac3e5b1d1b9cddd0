"""Interviews full of chance, for comparing two readings of a form: sensible types, wild values."""

import random
from xml.sax.saxutils import escape

from gwa.questionnaires.xform.definitions import Form, ItemList, Kind, Question
from gwa.questionnaires.xform.plan import Place, plan_form

_MOST_ROUNDS = 3
_WORDS = ("Awa", "Moussa", "yes", "no", "a", "1", "0", "7", "12")
_DAYS = ("1985-03-09", "2011-12-31", "2026-11-26", "2026-11-27", "2030-01-01")
_MOMENTS = ("2026-11-27T09:00:00.000+00:00", "2026-11-27T12:00:00.000+00:00")
# Three in ten questions stay without an answer.
_BLANKS = 0.3


def write_random_interview(form: Form, lists: dict[str, ItemList], seed: int) -> str:
    """Answer a form by chance; the same seed gives the same interview."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    answers = _write(chance, form, lists, plan_form(form).root)
    root = f'<{form.root} id="{form.form_id}" version="{form.version}">'
    return f"{root}{answers}</{form.root}>"


def _write(chance: random.Random, form: Form, lists: dict[str, ItemList], place: Place) -> str:
    written = []
    for name, child in place.children.items():
        rounds = chance.randint(0, _MOST_ROUNDS) if child.is_repeat else 1
        for _round in range(rounds):
            if child.question is not None:
                inside = _answer(chance, form, lists, child.question)
            else:
                inside = _write(chance, form, lists, child)
            written.append(f"<{name}>{escape(inside) if child.question else inside}</{name}>")
    return "".join(written)


def _answer(
    chance: random.Random, form: Form, lists: dict[str, ItemList], question: Question
) -> str:
    if question.path == ("meta", "instanceID"):
        return "uuid:1"
    if chance.random() < _BLANKS or question.calculation:
        return ""
    codes = _list_codes(form, lists, question)
    match question.kind:
        case Kind.SELECT_ONE if codes:
            return chance.choice(codes)
        case Kind.SELECT_MULTIPLE | Kind.RANK if codes:
            return " ".join(chance.sample(codes, chance.randint(1, min(3, len(codes)))))
        case Kind.ACKNOWLEDGE:
            return "OK"
    return _answer_type(chance, question.data_type)


def _answer_type(chance: random.Random, data_type: str) -> str:
    match data_type:
        case "int":
            return str(chance.choice((0, 1, 2, 3, 5, 6, 17, 18, 41, 130)))
        case "decimal":
            return chance.choice(("0", "0.5", "3.25", "100"))
        case "date":
            return chance.choice(_DAYS)
        case "dateTime":
            return chance.choice(_MOMENTS)
        case "geopoint":
            return "12.65 -8 0 0"
        case "binary" | "time" | "geotrace" | "geoshape":
            return ""
    return chance.choice(_WORDS)


def _list_codes(form: Form, lists: dict[str, ItemList], question: Question) -> list[str]:
    one = lists.get(question.choice_list) or form.lists_by_name.get(question.choice_list)
    choices = question.choices or (() if one is None else one.choices)
    return [choice.code for choice in choices]
