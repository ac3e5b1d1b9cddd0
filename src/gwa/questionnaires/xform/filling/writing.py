"""The XML of an interview that was filled here, as phones write it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import escape, quoteattr

from gwa.questionnaires.xform.definitions import Entity, Form
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.values import CannotTell
from gwa.questionnaires.xform.xpath.world import Context, World, is_true

if TYPE_CHECKING:
    from gwa.questionnaires.xform.filling.filler import Tree

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_META = ' xmlns:orx="http://openrosa.org/xforms"'
_ENTITIES = ' xmlns="http://www.opendatakit.org/xforms/entities"'


class Told(Protocol):
    """What is known of each element."""

    @property
    def world(self) -> World: ...

    def value_of(self, node: Node) -> str: ...

    def is_asked(self, node: Node) -> bool: ...

    def new_id(self) -> str: ...


def write_filled(form: Form, told: Told, root: Node, tree: "Tree") -> bytes:
    """Write what is asked, in the form's order; nothing of what is not."""
    inside = "".join(_write_below(form, told, root, tree))
    attributes = f" id={quoteattr(form.form_id)} version={quoteattr(form.version)}{_META}"
    return f"{_HEAD}<{form.root}{attributes}>{inside}</{form.root}>".encode()


def _write_below(form: Form, told: Told, node: Node, tree: "Tree") -> Iterator[str]:
    entity = next((one for one in form.entities if one.path[:-2] == node.place.path), None)
    names = dict(tree)
    if entity is not None:
        names.setdefault("meta", {})
    for name, below in names.items():
        for child in node.named(name) if name in node.place.children else [None]:
            if child is None:
                yield f"<meta>{_write_entity(told, node, entity)}</meta>" if entity else ""
            elif told.is_asked(child):
                yield f"<{name}>{_write_inside(form, told, child, below, entity)}</{name}>"


def _write_inside(form: Form, told: Told, child: Node, tree: "Tree", entity: Entity | None) -> str:
    if child.place.question is not None:
        return escape(told.value_of(child))
    inside = "".join(_write_below(form, told, child, tree))
    is_meta = child.name == "meta" and entity is not None and child.parent is not None
    return inside + _write_entity(told, child.parent, entity) if is_meta else inside


def _write_entity(told: Told, holder: Node | None, entity: Entity | None) -> str:
    assert holder is not None and entity is not None  # noqa: S101, PT018 (the caller looked)
    meta = Node("meta")
    meta.parent = holder
    element = Node("entity")
    element.parent = meta

    def tell(name: str, expression: str) -> str:
        where = Node(name)
        where.parent = element
        try:
            return told.world.text(compile_text(expression)(Context(told.world, where)))
        except CannotTell:
            return ""

    def holds(name: str, expression: str) -> bool:
        where = Node(name)
        where.parent = element
        return bool(expression) and is_true(compile_text(expression)(Context(told.world, where)))

    # A form that says no id lets the phone make one.
    key = tell("id", entity.id) if entity.id else told.new_id()
    facts = {"dataset": entity.dataset, "id": key}
    if holds("create", entity.create_if):
        facts["create"] = "1"
    if holds("update", entity.update_if):
        facts |= {"update": "1", "baseVersion": _version_of(told.world, entity.dataset, key)}
    written = "".join(f" {name}={quoteattr(value)}" for name, value in facts.items())
    label = escape(tell("label", entity.label)) if entity.label else ""
    return f"<entity{_ENTITIES}{written}><label>{label}</label></entity>"


def _version_of(world: World, dataset: str, key: str) -> str:
    """The version of an entity in the list that came with the form."""
    document = world.lists.get(dataset)
    for root in [] if document is None else document.children:
        for row in root.named("item"):
            cell = row.find("name")
            if cell is not None and cell.text == key:
                version = row.find("__version")
                return "" if version is None else version.text
    return ""
