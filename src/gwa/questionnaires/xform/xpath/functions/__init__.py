"""The functions that expressions may call, by name and number of arguments."""

import re

from gwa.questionnaires.xform.xpath.functions.choices import CHOICES
from gwa.questionnaires.xform.xpath.functions.dates import DATES
from gwa.questionnaires.xform.xpath.functions.logic import LOGIC
from gwa.questionnaires.xform.xpath.functions.nodes import NODES
from gwa.questionnaires.xform.xpath.functions.numbers import NUMBERS
from gwa.questionnaires.xform.xpath.functions.places import PLACES
from gwa.questionnaires.xform.xpath.functions.rounds import ROUNDS, compile_indexed_repeat
from gwa.questionnaires.xform.xpath.functions.table import Function
from gwa.questionnaires.xform.xpath.functions.texts import TEXTS
from gwa.questionnaires.xform.xpath.functions.untold import UNTOLD
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.paths import Compile
from gwa.questionnaires.xform.xpath.patterns import compile_pattern
from gwa.questionnaires.xform.xpath.syntax import (
    Call,
    Text,
    UnknownFunction,
    WrongArguments,
)
from gwa.questionnaires.xform.xpath.world import Evaluate

FUNCTIONS: dict[str, Function] = {
    **LOGIC, **TEXTS, **NUMBERS, **NODES, **DATES, **CHOICES, **PLACES, **ROUNDS, **UNTOLD,
}  # fmt: skip
# Their arguments come in pairs after the first ones.
_PAIRED = {"weighted-checklist": 0, "indexed-repeat": 1}


def compile_call(call: Call, compile_expression: Compile) -> Evaluate:
    """Compile a call, or raise where the function is unknown or takes other arguments."""
    name = call.name.rpartition(":")[2]
    function = FUNCTIONS.get(name)
    if function is None:
        raise UnknownFunction(call.name)
    count = len(call.arguments)
    if not function.least <= count <= function.most or count % 2 != _PAIRED.get(name, count % 2):
        raise WrongArguments(call.name)
    if name == "regex" and isinstance(call.arguments[1], Text):
        # A pattern that is wrong is said when the form is read.
        try:
            compile_pattern(call.arguments[1].value)
        except re.error as error:
            raise WrongArguments(call.name) from error
    if name == "choice-name":
        call = _read_quoted_path(call)
    if name == "indexed-repeat" and (found := compile_indexed_repeat(call, compile_expression)):
        return found
    arguments = [compile_expression(argument) for argument in call.arguments]
    return _bind(function, arguments)


def _read_quoted_path(call: Call) -> Call:
    """Take the question of `jr:choice-name(code, '/data/region')` out of its quotation marks."""
    code, path = call.arguments
    if not isinstance(path, Text):
        raise WrongArguments(call.name)
    return Call(call.name, (code, parse(path.value)))


def _bind(function: Function, arguments: list[Evaluate]) -> Evaluate:
    run = function.run
    match arguments:
        case []:
            return run
        case [one]:
            return lambda context: run(context, one)
        case [one, two]:
            return lambda context: run(context, one, two)
    return lambda context: run(context, *arguments)
