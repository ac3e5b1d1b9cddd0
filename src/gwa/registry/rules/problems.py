"""What is wrong with facts, as codes and plain values: sentences are made where people read them.

A code is that of a refusal (`registry.head_not_one`) or `answers.` and the kind of fault that the
dictionary found (`answers.too_large`): `gwa.registry.sentences.say_problem` puts both into words.
"""

import dataclasses
from collections.abc import Mapping

ANSWERS = "answers."


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One fault: of which field (a variable's name), of which member (None: the household's).

    A warning is told and refuses nothing. `facts` hold what was typed: they are as private as it.
    """

    code: str
    field: str = ""
    member: int | None = None
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    is_warning: bool = False
