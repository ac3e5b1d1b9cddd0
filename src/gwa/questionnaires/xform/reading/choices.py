"""Choices: written in the question, in a list of the form, or in a file that comes with it."""

from dataclasses import dataclass, replace

from gwa.questionnaires.xform.definitions import Choice, ItemList, Path, Texts
from gwa.questionnaires.xform.faults import FaultKind
from gwa.questionnaires.xform.markup import Node, Rows
from gwa.questionnaires.xform.reading.reader import Reader
from gwa.questionnaires.xform.reading.texts import read_label
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.syntax import Call, Expression, ExpressionError, Text
from gwa.questionnaires.xform.xpath.syntax import Path as PathExpression


@dataclass(frozen=True, slots=True)
class Offer:
    """What a question offers, and the columns of its list that are the code and the label."""

    choices: tuple[Choice, ...] = ()
    list_name: str = ""
    filter: str = ""
    nodes: str = ""
    value: str = "name"
    label: str = "label"


def read_lists(reader: Reader, instances: list[Node]) -> dict[str, ItemList]:
    """Read the secondary instances, those of the form itself with their tree."""
    lists: dict[str, ItemList] = {}
    for instance in instances:
        name = instance.attributes.get("id", "")
        if not name:
            reader.refuse(FaultKind.MISSING, "instance", "id")
        elif name in lists:
            reader.refuse(FaultKind.NAMED_TWICE, "instance", name)
        source = instance.attributes.get("src", "")
        if source:
            lists[name] = ItemList(name, source)
        else:
            lists[name] = ItemList(name, content=_plant(instance))
    reader.lists = set(lists)
    return lists


def _plant(instance: Node) -> Node:
    """Make a tree of its own out of the element of a list, with the indexes of a list."""
    document = Node("")
    for child in instance.children:
        rows = Rows(child.name, document)
        rows.text = child.text
        rows.attributes = child.attributes
        rows.children = child.children
        for row in rows.children:
            row.parent = rows
    return document


def read_offer(reader: Reader, where: Path, control: Node) -> Offer:
    """Read what a question offers: its own items, or the elements that its itemset gives."""
    itemset = control.find("itemset")
    if itemset is None:
        return Offer(choices=tuple(_read_item(reader, where, one) for one in control.named("item")))
    nodes = reader.check(where, "itemset", itemset.attributes.get("nodeset", ""))
    name, sources = _find_list(nodes)
    return Offer(
        list_name=name,
        filter=" and ".join(f"({one})" for one in sources)
        if len(sources) > 1
        else "".join(sources),
        nodes=nodes,
        value=_reference(itemset.find("value")) or "name",
        label=_reference(itemset.find("label")) or "label",
    )


def _read_item(reader: Reader, where: Path, item: Node) -> Choice:
    value = item.find("value")
    code = "" if value is None else value.text.strip()
    if not code:
        reader.refuse(FaultKind.MISSING, where, "value")
    return Choice(code, read_label(reader, where, item.find("label")))


def _reference(element: Node | None) -> str:
    return "" if element is None else element.attributes.get("ref", "").strip().removeprefix("./")


def _find_list(nodes: str) -> tuple[str, tuple[str, ...]]:
    """Return the list that an itemset takes its rows from, and the filters, as they are written."""
    try:
        expression: Expression = parse(nodes)
    except ExpressionError:
        return "", ()
    if isinstance(expression, Call) and expression.name == "randomize":
        expression = expression.arguments[0]
    match expression:
        case PathExpression(
            start=Call(name="instance", arguments=(Text(value=name),)), steps=steps
        ):
            return name, tuple(source for step in steps for source in step.sources)
    return "", ()


def name_choices(reader: Reader, one: ItemList, offer: Offer) -> ItemList:
    """Read the choices of a list of the form, now that a question says what its columns are."""
    if one.content is None or one.choices:
        return one
    rows = [row for root in one.content.children for row in root.children]
    choices = tuple(_read_row(reader, row, offer) for row in rows)
    return replace(one, choices=tuple(choice for choice in choices if choice.code))


def _read_row(reader: Reader, row: Node, offer: Offer) -> Choice:
    cells = {cell.name: cell.text.strip() for cell in row.children if not cell.children}
    code = cells.pop(offer.value, "")
    labels: Texts
    if offer.label.startswith("jr:itext("):
        labels = reader.texts.get(cells.pop(offer.label[9:-1].strip(), ""), {})
    else:
        label = cells.pop(offer.label, "")
        labels = {"": label} if label else {}
    return Choice(code, labels, cells)
