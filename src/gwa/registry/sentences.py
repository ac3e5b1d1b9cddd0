"""The sentence of each problem, in the reader's language."""

from gwa.common.errors import refusal_named, say_in_general
from gwa.registry import errors
from gwa.registry.rules.problems import ANSWERS, Problem
from gwa.variables.errors import explain, explain_kind
from gwa.variables.rules.answers import Problem as AnswerProblem
from gwa.variables.rules.answers import ProblemKind
from gwa.variables.rules.definitions import Dictionary


def say_problem(problem: Problem, dictionary: Dictionary) -> str:
    """Say what is wrong and how to mend it."""
    if problem.code.startswith(ANSWERS):
        return _say_answer(problem, dictionary)
    refusal = refusal_named(problem.code) or errors.ValueRefused
    facts = dict(problem.facts)
    if refusal is errors.ValueRefused:
        facts = {"field": problem.field, "why": ""}
    return refusal(**facts).sentence


def say_code(code: str, columns: str) -> str:
    """Say what problems of a code have in common, to count them; `columns` are theirs."""
    if code.startswith(ANSWERS):
        return explain_kind(ProblemKind(code.removeprefix(ANSWERS)), columns or "…")
    return say_in_general((refusal_named(code) or errors.ValueRefused).message)


def _say_answer(problem: Problem, dictionary: Dictionary) -> str:
    kind = ProblemKind(problem.code.removeprefix(ANSWERS))
    facts = dict(problem.facts)
    value = facts.pop("value", None)
    definition = dictionary.by_name.get(problem.field)
    return explain(AnswerProblem(kind, problem.field, value, definition, facts))  # type: ignore[arg-type]
