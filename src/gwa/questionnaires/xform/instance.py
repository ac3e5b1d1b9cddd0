"""An interview as it came in: its answers by place and round, its files, its entities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gwa.questionnaires.xform.definitions import FILES, Form, Path
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.markup import Node, parse
from gwa.questionnaires.xform.plan import Place, Plan, plan_form


@dataclass(frozen=True, slots=True)
class Received:
    """An interview before its form is known: what tells which form and which interview it is."""

    document: Node
    form_id: str
    version: str
    instance_id: str
    deprecated_id: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a repeat, or the interview itself as the only round of the whole form.

    `numbers` tells which round it is at each level of repeats, from 1; none for the interview.
    """

    node: Node
    path: Path
    numbers: tuple[int, ...] = ()

    @property
    def answers(self) -> Mapping[Path, str]:
        """Give what was answered here by place, but blanks and the repeats within."""
        return {
            leaf.place.path: leaf.text
            for leaf in _list_leaves(self.node)
            if leaf.text and leaf.place.path[0] != "meta"
        }

    def answer(self, *path: str) -> str:
        """Give the answer at a place of this round; the path is that from the root of the form."""
        found = self.node.find(*path[len(self.path) :])
        return "" if found is None else found.text

    def rounds(self, *path: str) -> "list[Round]":
        """List the rounds of a repeat within this one, whose path is that from the root."""
        parent = self.node.find(*path[len(self.path) : -1])
        rounds = [] if parent is None else parent.named(path[-1])
        return [Round(node, path, (*self.numbers, n)) for n, node in enumerate(rounds, 1)]


@dataclass(frozen=True, slots=True)
class EntityBlock:
    """An entity that an interview makes or changes. `properties` are the answers that it saves.

    `base_version` is what the phone knew of it; 0 where it knew nothing.
    """

    dataset: str
    id: str
    label: str
    is_created: bool
    is_updated: bool
    base_version: int
    trunk_version: str
    branch_id: str
    path: Path
    numbers: tuple[int, ...]
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Instance:
    """An interview of a form. Every place of the form is in its tree, blank where nothing came."""

    form: Form
    document: Node
    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    name: str

    @property
    def household(self) -> Round:
        """Give the interview itself, with everything that stands outside the repeats."""
        return Round(self.document.children[0], ())

    @property
    def files(self) -> tuple[str, ...]:
        """Name the files that come with the interview."""
        return tuple(
            node.text
            for node in self.document.walk()
            if node.text and node.place is not None and _is_file(node.place)
        )

    def entities(self) -> Iterator[EntityBlock]:
        """Give the entities in the order of the form, round after round."""
        plan = plan_form(self.form)
        for entity in self.form.entities:
            for container, numbers in _reach(self.household.node, entity.path[:-2]):
                element = container.find(*entity.path[-2:])
                if element is not None:
                    yield _read_entity(plan, entity.path, container, element, numbers)


def receive(xml: bytes) -> Received | Fault:
    """Read an interview as far as it can be without its form."""
    document = parse(xml)
    if isinstance(document, Fault):
        return document
    root = document.children[0]
    instance_id = _meta(root, "instanceID")
    if not root.attributes.get("id") or not instance_id:
        missing = "meta/instanceID" if root.attributes.get("id") else "id"
        return Fault(FaultKind.MISSING, root.name, missing)
    return Received(
        document=document,
        form_id=root.attributes["id"],
        version=root.attributes.get("version", ""),
        instance_id=instance_id,
        deprecated_id=_meta(root, "deprecatedID"),
    )


def read_instance(xml: bytes | Received, form: Form) -> Instance | Fault:
    """Read an interview of this form, of whatever version it says it is."""
    received = receive(xml) if isinstance(xml, bytes) else xml
    if isinstance(received, Fault):
        return received
    root = received.document.children[0]
    if received.form_id != form.form_id or root.name != form.root:
        return Fault(FaultKind.OTHER_FORM, root.name, received.form_id)
    settle(root, plan_form(form).root)
    return Instance(
        form=form,
        document=received.document,
        form_id=received.form_id,
        version=received.version,
        instance_id=received.instance_id,
        deprecated_id=received.deprecated_id,
        name=_meta(root, "instanceName"),
    )


def _meta(root: Node, name: str) -> str:
    found = root.find("meta", name)
    return "" if found is None else found.text.strip()


def settle(node: Node, place: Place) -> None:
    """Tell each element its place, and add those that did not come: phones send no irrelevant ones.

    A template is no round. What the form does not know, or asks once and comes twice, has no place.
    """
    node.place = place
    node.is_relevant = None if place.may_be_irrelevant else True
    if place.question is not None:
        return
    missing = dict(place.children)
    node.drop([child for child in node.children if "template" in child.attributes])
    for child in node.children:
        known = place.children.get(child.name)
        if known is not None and (known.is_repeat or child.name in missing):
            missing.pop(child.name, None)
            settle(child, known)
    for name, known in missing.items():
        if not known.is_repeat:
            settle(Node(name, parent=node), known)


def _list_leaves(node: Node) -> Iterator[Node]:
    for child in node.children:
        place = child.place
        if place is None or place.is_repeat:
            continue
        if place.question is not None:
            yield child
        else:
            yield from _list_leaves(child)


def _is_file(place: Place) -> bool:
    question = place.question
    return question is not None and (question.kind in FILES or question.data_type == "binary")


def _reach(
    node: Node, names: Path, numbers: tuple[int, ...] = ()
) -> Iterator[tuple[Node, tuple[int, ...]]]:
    """List the elements at these names below a node, with the rounds on the way to each."""
    if not names:
        yield node, numbers
        return
    for n, child in enumerate(node.named(names[0]), 1):
        is_round = child.place is not None and child.place.is_repeat
        yield from _reach(child, names[1:], (*numbers, n) if is_round else numbers)


def _read_entity(
    plan: Plan, path: Path, container: Node, element: Node, numbers: tuple[int, ...]
) -> EntityBlock:
    attributes = element.attributes
    label = element.find("label")
    base = attributes.get("baseVersion", "").strip()
    saved = {
        name: container.find(*place[len(path) - 2 :]) for name, place in plan.saved[path].items()
    }
    return EntityBlock(
        dataset=attributes.get("dataset", ""),
        id=attributes.get("id", "").strip(),
        label="" if label is None else label.text.strip(),
        is_created=_is_set(attributes, "create"),
        is_updated=_is_set(attributes, "update"),
        base_version=int(base) if base.isdecimal() else 0,
        trunk_version=attributes.get("trunkVersion", "").strip(),
        branch_id=attributes.get("branchId", "").strip(),
        path=path,
        numbers=numbers,
        properties={name: node.text for name, node in saved.items() if node is not None},
    )


def _is_set(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name, "").strip() in ("1", "true")
