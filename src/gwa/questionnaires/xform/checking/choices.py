"""Was what is chosen among what was offered?"""

from collections.abc import Collection, Mapping

from gwa.questionnaires.xform.definitions import ItemList, Kind, Question
from gwa.questionnaires.xform.markup import Node, Rows
from gwa.questionnaires.xform.plan import Choices
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.paths import as_nodes
from gwa.questionnaires.xform.xpath.values import CannotTell
from gwa.questionnaires.xform.xpath.world import Context, World


def list_refused(world: World, choices: Choices, question: Question, context: Context) -> list[str]:
    """List the codes of an answer that were not offered, or are there twice."""
    text = context.node.text
    codes = [text] if question.kind == Kind.SELECT_ONE else text.split()
    offered = list_offered(world, choices, question, context)
    refused = [code for code in codes if code not in offered]
    return refused + [code for n, code in enumerate(codes) if code in codes[:n]]


def list_offered(
    world: World, choices: Choices, question: Question, context: Context
) -> Collection[str]:
    """List the codes that a question offers where it stands."""
    if choices.codes is not None:
        return choices.codes
    column = question.choice_value
    nodes = [] if choices.rule is None else as_nodes(choices.rule.evaluate(context))
    if not nodes:
        return ()
    whole = nodes[0].parent
    if isinstance(whole, Rows) and len(nodes) == len(whole.children):
        # The whole list: its index knows, however long it is.
        return whole.values(nodes[0].name, column)
    find = compile_text(column)
    return {world.text(find(Context(world, node))) for node in nodes}


def name_choice(lists: Mapping[str, ItemList], language: str, node: Node, code: str) -> str:
    """Give the label of a code of the question at an element."""
    question: Question | None = None if node.place is None else node.place.question
    if question is None:
        raise CannotTell("jr:choice-name")
    one = lists.get(question.choice_list)
    choices = question.choices or (() if one is None else one.choices)
    found = next((choice for choice in choices if choice.code == code), None)
    if found is None:
        return ""
    return found.labels.get(language) or next(iter(found.labels.values()), "")
