"""`indexed-repeat`: what stands in the given round of each of the given repeats."""

from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.functions.table import Function, number_of
from gwa.questionnaires.xform.xpath.paths import Compile, as_nodes, follow_names
from gwa.questionnaires.xform.xpath.syntax import NOT_NAMES, Call, Expression, Path, Step
from gwa.questionnaires.xform.xpath.world import Context, Evaluate


def compile_indexed_repeat(call: Call, compile_expression: Compile) -> Evaluate | None:
    """Compile a call whose repeats are plain paths down to its target; None for any other.

    Forms write it so; then each round is gone to by its number, and the others are left alone.
    """
    target = _list_names(call.arguments[0])
    pairs = sorted(
        ((_list_names(repeat), index) for repeat, index in _pair(call.arguments[1:])),
        key=lambda pair: len(pair[0]),
    )
    legs: list[tuple[tuple[str, ...], Evaluate]] = []
    done = 0
    for names, index in pairs:
        if not names or target[: len(names)] != names:
            return None
        legs.append((names[done:], compile_expression(index)))
        done = len(names)
    rest = target[done:]

    def evaluate(context: Context) -> list[Node]:
        nodes = [context.world.document]
        for names, index in legs:
            rounds = follow_names(nodes, names)
            number = number_of(context, index)
            if not 1 <= number <= len(rounds) or number % 1:
                return []
            nodes = [rounds[int(number) - 1]]
        return follow_names(nodes, rest)

    return evaluate


def _pair(arguments: tuple[Expression, ...]) -> list[tuple[Expression, Expression]]:
    return list(zip(arguments[::2], arguments[1::2], strict=True))


def _list_names(expression: Expression) -> tuple[str, ...]:
    """List the names of an absolute path that has nothing else; none for any other expression."""
    if not isinstance(expression, Path) or not expression.is_absolute:
        return ()
    names = tuple(step.test for step in expression.steps)
    is_plain = expression.steps == tuple(Step("child", name) for name in names)
    return names if is_plain and not NOT_NAMES & {*names} else ()


def _indexed_repeat(context: Context, target: Evaluate, *pairs: Evaluate) -> list[Node]:
    """Keep the elements that stand in the given round of each of the given repeats."""
    chosen: list[tuple[list[Node], float]] = []
    for repeat, index in zip(pairs[::2], pairs[1::2], strict=True):
        chosen.append((as_nodes(repeat(context)), number_of(context, index)))
    chosen.sort(key=lambda one: _depth(one[0]))
    above: Node | None = None
    for rounds, number in chosen:
        within = [one for one in rounds if above is None or _is_below(one, above)]
        if number != number or not 1 <= number <= len(within) or number % 1:
            return []
        above = within[int(number) - 1]
    found = as_nodes(target(context))
    return [node for node in found if above is None or _is_below(node, above)]


def _depth(nodes: list[Node]) -> int:
    depth = 0
    node = nodes[0].parent if nodes else None
    while node is not None:
        depth += 1
        node = node.parent
    return depth


def _is_below(node: Node, above: Node) -> bool:
    one: Node | None = node
    while one is not None:
        if one is above:
            return True
        one = one.parent
    return False


ROUNDS = {"indexed-repeat": Function(3, 11, _indexed_repeat)}
