"""Elements: counted, placed, found in a repeat or in a list."""

import hashlib
import math

from gwa.questionnaires.xform.markup import Node, Rows
from gwa.questionnaires.xform.xpath.functions.table import Function, text_of
from gwa.questionnaires.xform.xpath.paths import as_nodes
from gwa.questionnaires.xform.xpath.values import NAN, ListMissing
from gwa.questionnaires.xform.xpath.world import Context, Evaluate

# The generator of Park and Miller, that phones shuffle with.
_MULTIPLIER, _MODULUS = 16_807, 2_147_483_647


def _nodes_of(context: Context, argument: Evaluate) -> list[Node]:
    return as_nodes(argument(context))


def _count_non_empty(context: Context, nodes: Evaluate) -> float:
    return float(sum(1 for node in _nodes_of(context, nodes) if context.world.read(node)))


def _position(context: Context, *node: Evaluate) -> float:
    """Give the place in the node-set, or the place of an element among those of its name."""
    if not node:
        return float(context.position)
    found = _nodes_of(context, node[0])
    return float(place_of(found[0])) if found else NAN


def place_of(node: Node) -> int:
    """Give the place of an element among its siblings of the same name, from 1."""
    if node.parent is None:
        return 1
    return next(n for n, one in enumerate(node.parent.named(node.name), 1) if one is node)


def _instance(context: Context, name: Evaluate) -> list[Node]:
    return [_find_list(context, text_of(context, name))]


def _find_list(context: Context, name: str) -> Node:
    found = context.world.lists.get(name)
    if found is None:
        raise ListMissing(name)
    return found


def _pull(
    context: Context, name: Evaluate, wanted: Evaluate, column: Evaluate, value: Evaluate
) -> str:
    """Give one cell of a list: that of the first row that holds a value in a column."""
    top = _find_list(context, text_of(context, name)).children
    column_name, wanted_name = text_of(context, column), text_of(context, wanted)
    if top and isinstance(top[0], Rows):
        for row in top[0].where("item", column_name, text_of(context, value)):
            cells = row.named(wanted_name)
            return cells[0].text if cells else ""
    return ""


def _shuffle(context: Context, nodes: Evaluate, *seed: Evaluate) -> list[Node]:
    """Shuffle as phones do with this seed; without one, order means nothing to a check."""
    found = _nodes_of(context, nodes)
    if not seed:
        return found
    state = _seed_of(context, seed[0])
    shuffled: list[Node] = []
    for place, node in enumerate(found):
        state = state * _MULTIPLIER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        shuffled.append(node)
        shuffled[place], shuffled[other] = shuffled[other], node
    return shuffled


def _seed_of(context: Context, seed: Evaluate) -> int:
    value = seed(context)
    number = context.world.number(value)
    if number == number and not math.isinf(number):
        whole = int(number)
    else:
        text = context.world.text(value)
        digest = hashlib.sha256(text.encode()).digest()
        whole = int.from_bytes(digest[:8], signed=True) if text else 0
    state = _remainder(whole)
    return state if state > 0 else state + _MODULUS - 1


def _remainder(whole: int) -> int:
    """Keep the sign of the seed, as Java and JavaScript do and Python does not."""
    return whole % _MODULUS if whole > 0 else -(-whole % _MODULUS)


def _name(context: Context, *node: Evaluate) -> str:
    nodes = _nodes_of(context, node[0]) if node else [context.node]
    return nodes[0].name if nodes else ""


NODES = {
    "count": Function(1, 1, lambda context, nodes: float(len(_nodes_of(context, nodes)))),
    "count-non-empty": Function(1, 1, _count_non_empty),
    "position": Function(0, 1, _position),
    "last": Function(0, 0, lambda context: float(context.size)),
    "current": Function(0, 0, lambda context: [context.current]),
    "instance": Function(1, 1, _instance),
    "pulldata": Function(4, 4, _pull),
    "randomize": Function(1, 2, _shuffle),
    "local-name": Function(0, 1, _name),
    "name": Function(0, 1, _name),
    "version": Function(0, 0, lambda context: context.world.version),
}
