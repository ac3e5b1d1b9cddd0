"""Choices and texts of the form."""

from gwa.questionnaires.xform.xpath.functions.table import Function, number_of, text_of
from gwa.questionnaires.xform.xpath.paths import as_nodes
from gwa.questionnaires.xform.xpath.values import CannotTell
from gwa.questionnaires.xform.xpath.world import Context, Evaluate


def _is_selected(context: Context, answer: Evaluate, code: Evaluate) -> bool:
    return text_of(context, code).strip() in text_of(context, answer).split()


def _selected_at(context: Context, answer: Evaluate, place: Evaluate) -> str:
    """Give the choice at a place that is counted from 0."""
    codes = text_of(context, answer).split()
    number = number_of(context, place)
    return codes[int(number)] if 0 <= number < len(codes) else ""


def _choice_name(context: Context, code: Evaluate, path: Evaluate) -> str:
    """Give the label of a choice of the question at a path."""
    found = as_nodes(path(context))
    if not found:
        raise CannotTell("jr:choice-name")
    return context.world.name_choice(found[0], text_of(context, code))


def _itext(context: Context, name: Evaluate) -> str:
    return context.world.texts.get(text_of(context, name), "")


CHOICES = {
    "selected": Function(2, 2, _is_selected),
    "is-selected": Function(2, 2, _is_selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(
        1, 1, lambda context, answer: float(len(text_of(context, answer).split()))
    ),
    "choice-name": Function(2, 2, _choice_name),
    "itext": Function(1, 1, _itext),
}
