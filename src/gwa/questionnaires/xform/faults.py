"""What may be wrong with a form or an interview as it is read, and where: a closed list."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """The closed list of faults. `where` and `what` of a fault depend on its kind."""

    # The file itself, form or interview. `where` is a line.
    NOT_XML = "not_xml"
    DOCUMENT_TYPE = "document_type"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    # The file is XML and not what is asked for.
    NOT_A_FORM = "not_a_form"
    ENCRYPTED = "encrypted"
    OTHER_FORM = "other_form"
    # A place of the form. `where` is the place, `what` the word that is wrong.
    MISSING = "missing"
    NAMED_TWICE = "named_twice"
    BAD_EXPRESSION = "bad_expression"
    UNKNOWN_FUNCTION = "unknown_function"
    WRONG_ARGUMENTS = "wrong_arguments"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_LIST = "unknown_list"
    UNKNOWN_TEXT = "unknown_text"
    ENTITIES_TOO_NEW = "entities_too_new"
    # Calculations whose result depends on itself. `what` is the way: `a → b → a`.
    CALLS_ITSELF = "calls_itself"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `members/name`, `relevant: ageof()`."""

    kind: FaultKind
    where: str = ""
    what: str = ""
