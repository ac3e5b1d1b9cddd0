"""The body of a form: which control asks for which place, which groups and repeats there are."""

from dataclasses import dataclass, field

from gwa.questionnaires.xform.definitions import Path
from gwa.questionnaires.xform.faults import FaultKind
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.reading.reader import Reader

CONTROLS = frozenset(
    {"input", "secret", "select", "select1", "rank", "upload", "trigger", "range", "textarea"}
)


@dataclass(slots=True)
class Body:
    """What asks for each place. `groups` are elements with a label, `repeats` those that repeat."""

    controls: dict[Path, Node] = field(default_factory=dict)
    groups: dict[Path, Node] = field(default_factory=dict)
    repeats: dict[Path, Node] = field(default_factory=dict)


def read_body(reader: Reader, body: Node | None, bind_names: dict[str, str]) -> Body:
    """Read the controls in their order. `bind_names` are the places of binds that have a name."""
    found = Body()
    if body is not None:
        _read_children(reader, found, body, (), bind_names)
    return found


def _read_children(
    reader: Reader, found: Body, element: Node, base: Path, names: dict[str, str]
) -> None:
    for child in element.children:
        if child.name in ("group", "repeat"):
            _read_children(
                reader, found, child, _read_group(reader, found, child, base, names), names
            )
        elif child.name in CONTROLS:
            place = _find(reader, child, base, names)
            if place is not None:
                found.controls.setdefault(place, child)


def _read_group(
    reader: Reader, found: Body, element: Node, base: Path, names: dict[str, str]
) -> Path:
    if not {"ref", "nodeset", "bind"} & element.attributes.keys():
        # Only for the screen: its children stand where it stands.
        return base
    place = _find(reader, element, base, names)
    if place is None:
        return base
    into = found.repeats if element.name == "repeat" else found.groups
    into.setdefault(place, element)
    return place


def _find(reader: Reader, element: Node, base: Path, names: dict[str, str]) -> Path | None:
    attributes = element.attributes
    reference = attributes.get("nodeset") or attributes.get("ref")
    if reference is None:
        reference = names.get(attributes.get("bind", ""), "")
    place = reader.find_place(reference, base) if reference.strip() else None
    if place is None or (place and place not in reader.places):
        where = "/".join(base)
        reader.refuse(FaultKind.UNKNOWN_PLACE, where, f"{element.name}: {reference.strip()}")
        return None
    return place
