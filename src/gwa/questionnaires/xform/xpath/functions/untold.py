"""Functions that only the phone of the interview can answer: chance, its owner, its other files."""

from gwa.questionnaires.xform.xpath.functions.table import Function
from gwa.questionnaires.xform.xpath.values import CannotTell, Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate


def _untold(name: str, least: int, most: int) -> Function:
    def run(_context: Context, *_arguments: Evaluate) -> Value:
        raise CannotTell(name)

    return Function(least, most, run)


UNTOLD = {
    name: _untold(name, least, most)
    for name, least, most in (
        ("random", 0, 0),
        ("uuid", 0, 1),
        ("property", 1, 1),
        ("extract-signed", 2, 2),
        ("intersects", 1, 1),
    )
}
