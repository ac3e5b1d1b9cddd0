"""Follow a path from a node, keeping those that the predicates let through."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TypeAlias

from gwa.questionnaires.xform.markup import Node, Rows
from gwa.questionnaires.xform.xpath.search import compile_search
from gwa.questionnaires.xform.xpath.syntax import NOT_NAMES, Expression, Filter, Path, Step
from gwa.questionnaires.xform.xpath.values import Value
from gwa.questionnaires.xform.xpath.world import Context, Evaluate, is_true

Compile: TypeAlias = Callable[[Expression], Evaluate]
Walk: TypeAlias = Callable[[Context, list[Node]], list[Node]]


def compile_path(path: Path, compile_expression: Compile) -> Evaluate:
    """Compile a path: from the root, from the context, or from what an expression gives."""
    steps = [_compile_step(step, compile_expression) for step in path.steps]
    if path.start is not None:
        return _compile_from(compile_expression(path.start), steps)
    if path.is_absolute:
        is_fixed = not any(step.predicates for step in path.steps)
        return _compile_absolute(steps, is_fixed=is_fixed)
    return _compile_plain(path.steps) or _compile_relative(steps)


def _compile_relative(steps: list[Walk]) -> Evaluate:
    def evaluate(context: Context) -> list[Node]:
        nodes = [context.node]
        for step in steps:
            nodes = step(context, nodes)
        return nodes

    return evaluate


def _compile_plain(steps: tuple[Step, ...]) -> Evaluate | None:
    """Compile `.`, `age`, `../age`, `../../dwelling/rooms`: most of the paths that there are."""
    here = Step("self", "node()")
    up = Step("parent", "node()")
    moves = [step for step in steps if step != here]
    levels = sum(1 for _step in takewhile(lambda step: step == up, moves))
    names = [step.test for step in moves[levels:]]
    if moves[levels:] != [Step("child", name) for name in names] or NOT_NAMES & {*names}:
        return None
    is_short = len(names) == 1

    def evaluate(context: Context) -> list[Node]:
        node = context.node
        for _level in range(levels):
            if node.parent is None:
                return []
            node = node.parent
        return node.named(names[0]) if is_short else follow_names([node], names)

    return evaluate


def follow_names(nodes: list[Node], names: Sequence[str]) -> list[Node]:
    """Go down from elements to the children of each name in turn."""
    for name in names:
        nodes = nodes[0].named(name) if len(nodes) == 1 else _children_named(nodes, name)
    return nodes


def _compile_absolute(steps: list[Walk], *, is_fixed: bool) -> Evaluate:
    def follow(context: Context) -> list[Node]:
        nodes = [context.world.document]
        for step in steps:
            nodes = step(context, nodes)
        return nodes

    # The list of steps is this path's own: its address names the path as long as it lives.
    key = id(steps)

    def remember(context: Context) -> list[Node]:
        found = context.world.found
        nodes = found.get(key)
        if nodes is None:
            nodes = found[key] = follow(context)
        return nodes

    return remember if is_fixed else follow


def _compile_from(start: Evaluate, steps: list[Walk]) -> Evaluate:
    def evaluate(context: Context) -> list[Node]:
        nodes = as_nodes(start(context))
        for step in steps:
            nodes = step(context, nodes)
        return nodes

    return evaluate


def as_nodes(value: Value) -> list[Node]:
    """Take a value for a node-set; nothing else has elements."""
    return value if isinstance(value, list) else []


def compile_filter(expression: Filter, compile_expression: Compile) -> Evaluate:
    """Compile predicates over a whole node-set."""
    operand = compile_expression(expression.operand)
    predicates = [compile_expression(one) for one in expression.predicates]

    def evaluate(context: Context) -> list[Node]:
        nodes = as_nodes(operand(context))
        for predicate in predicates:
            nodes = _keep(context, nodes, predicate)
        return nodes

    return evaluate


def _compile_step(step: Step, compile_expression: Compile) -> Walk:
    move = _compile_move(step)
    if not step.predicates:
        return move
    predicates = [compile_expression(one) for one in step.predicates]
    search = compile_search(step, compile_expression)

    def keep_below(context: Context, node: Node) -> list[Node]:
        found = move(context, [node])
        for predicate in predicates:
            found = _keep(context, found, predicate)
        return found

    def walk_filtered(context: Context, nodes: list[Node]) -> list[Node]:
        kept: list[Node] = []
        for node in nodes:
            if search is not None and isinstance(node, Rows):
                kept += search(context, node, keep_below)
            else:
                kept += keep_below(context, node)
        return kept if len(nodes) < 2 else _once(kept)

    return walk_filtered


def _keep(context: Context, nodes: list[Node], predicate: Evaluate) -> list[Node]:
    """Keep the nodes for which the predicate holds, or whose number it is."""
    kept: list[Node] = []
    inner = Context(context.world, context.node, context.current, size=len(nodes))
    for position, node in enumerate(nodes, 1):
        inner.node = node
        inner.position = position
        value = predicate(inner)
        if value == position if type(value) is float else is_true(value):
            kept.append(node)
    return kept


def _compile_move(step: Step) -> Walk:
    test = step.test
    match step.axis, test:
        case "child", name if name not in NOT_NAMES:
            return lambda _context, nodes: _children_named(nodes, name)
        case "self", "node()":
            return lambda _context, nodes: nodes
        case "parent", "node()":
            return lambda _context, nodes: _parents(nodes)
        case (("child" | "self"), "text()"):
            return lambda _context, nodes: [node for node in nodes if node.text]
    reach = _AXES[step.axis]
    is_named = _compile_test(test)
    return lambda _context, nodes: _once(
        [found for node in nodes for found in reach(node) if is_named(found)]
    )


def _compile_test(test: str) -> Callable[[Node], bool]:
    if test in ("*", "node()"):
        return lambda node: bool(node.name)
    return lambda node: node.name == test


def _children_named(nodes: list[Node], name: str) -> list[Node]:
    if len(nodes) == 1:
        return nodes[0].named(name)
    return [child for node in nodes for child in node.named(name)]


def _parents(nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        parent = nodes[0].parent
        return [] if parent is None else [parent]
    return _once([node.parent for node in nodes if node.parent is not None])


def _once(nodes: list[Node]) -> list[Node]:
    return list({id(node): node for node in nodes}.values())


def _descend(node: Node) -> list[Node]:
    return [below for child in node.children for below in child.walk()]


def _ascend(node: Node) -> list[Node]:
    above: list[Node] = []
    parent = node.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    return above


def _siblings(node: Node) -> tuple[list[Node], list[Node]]:
    """List the elements before, the nearest first, and those after."""
    beside = [] if node.parent is None else node.parent.children
    place = next((number for number, one in enumerate(beside) if one is node), 0)
    return beside[:place][::-1], beside[place + 1 :]


def _attributes(node: Node) -> list[Node]:
    found = []
    for name, text in node.attributes.items():
        attribute = Node(name, text)
        attribute.parent = node
        found.append(attribute)
    return found


_AXES: dict[str, Callable[[Node], list[Node]]] = {
    "child": lambda node: node.children,
    "parent": lambda node: [] if node.parent is None else [node.parent],
    "self": lambda node: [node],
    "attribute": _attributes,
    "descendant": _descend,
    "descendant-or-self": lambda node: [node, *_descend(node)],
    "ancestor": _ascend,
    "ancestor-or-self": lambda node: [node, *_ascend(node)],
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding-sibling": lambda node: _siblings(node)[0],
}
