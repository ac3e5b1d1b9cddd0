"""Did the phone compute what we compute?"""

import math

from gwa.questionnaires.xform.definitions import Question
from gwa.questionnaires.xform.xpath.values import Value, read_number
from gwa.questionnaires.xform.xpath.world import World


def is_same(world: World, question: Question, sent: str, value: Value) -> bool:
    """Tell whether what was sent is what was computed, however its digits are written."""
    computed = world.text(value)
    if sent == computed:
        return True
    one, other = read_number(sent, world.zone), read_number(computed, world.zone)
    if question.data_type in ("int", "integer") and math.isfinite(other):
        other = float(math.trunc(other))
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
