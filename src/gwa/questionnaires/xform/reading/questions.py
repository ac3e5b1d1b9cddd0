"""Questions and groups: each element of the instance, with its bind and its control."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gwa.questionnaires.xform.definitions import Group, Kind, Path, Question
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.reading.body import Body
from gwa.questionnaires.xform.reading.choices import Offer, read_offer
from gwa.questionnaires.xform.reading.reader import Reader
from gwa.questionnaires.xform.reading.texts import read_label, read_message

_TYPES = {
    "int": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
    "barcode": Kind.BARCODE,
    "binary": Kind.FILE,
}
_TAGS = {
    "select1": Kind.SELECT_ONE,
    "select": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
    "trigger": Kind.ACKNOWLEDGE,
}
_MEDIA = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}
# The element whose rules are those of ODK Entities.
ENTITY = ("meta", "entity")
Binds = dict[Path, dict[str, str]]


@dataclass(slots=True)
class Places:
    """What the instance holds, in its order: leaves and branches by their path."""

    leaves: dict[Path, Node] = field(default_factory=dict)
    branches: dict[Path, Node] = field(default_factory=dict)
    entities: dict[Path, Node] = field(default_factory=dict)


def find_places(reader: Reader, root: Node) -> Places:
    """List the places of the instance; a repeat's template and its rounds are one place."""
    places = Places()
    _find_below(reader, places, root, ())
    return places


def _find_below(reader: Reader, places: Places, element: Node, path: Path) -> None:
    for child in element.children:
        place = (*path, child.name)
        reader.places.add(place)
        if place[-2:] == ENTITY:
            places.entities.setdefault(place, child)
            reader.places.update((*place, below.name) for below in child.children)
        elif child.children:
            places.branches.setdefault(place, child)
            _find_below(reader, places, child, place)
        else:
            places.leaves.setdefault(place, child)


def read_binds(reader: Reader, model: Node) -> Binds:
    """Index the binds by their place; `@id` is the attribute of an element."""
    binds: Binds = {}
    for bind in model.named("bind"):
        place = reader.find_place(bind.attributes.get("nodeset") or bind.attributes.get("ref", ""))
        # A bind of nothing binds nothing: phones leave it aside.
        if place is not None:
            binds.setdefault(place, {}).update(bind.attributes)
    return binds


def find_repeat(path: Path, repeats: Mapping[Path, object]) -> Path:
    """Return the innermost repeat that holds a place below it."""
    return next((path[:n] for n in range(len(path) - 1, 0, -1) if path[:n] in repeats), ())


def read_group(reader: Reader, path: Path, bind: Mapping[str, str], body: Body) -> Group:
    """Read a group; the label of a repeat is that of the group around it."""
    repeat = body.repeats.get(path)
    group = body.groups.get(path)
    label = None if group is None else group.find("label")
    if label is None and repeat is not None:
        label = repeat.find("label")
    element = repeat if repeat is not None else group
    attributes: Mapping[str, str] = {} if element is None else element.attributes
    return Group(
        path=path,
        labels=read_label(reader, path, label),
        appearance=attributes.get("appearance", ""),
        relevant=reader.check(path, "relevant", bind.get("relevant", "")),
        is_repeat=repeat is not None,
        count=reader.check(path, "count", attributes.get("count", "")),
    )


def read_question(
    reader: Reader, path: Path, element: Node, bind: Mapping[str, str], body: Body
) -> tuple[Question, Offer]:
    """Read a question: its bind's rules and its control's words."""
    control = body.controls.get(path)
    attributes: Mapping[str, str] = {} if control is None else control.attributes
    offer = Offer() if control is None else read_offer(reader, path, control)
    is_readonly = bind.get("readonly", "").strip() in ("true()", "true")
    reader.check(path, "readonly", bind.get("readonly", ""))
    question = Question(
        path=path,
        kind=_read_kind(control, bind, is_readonly=is_readonly),
        labels={} if control is None else read_label(reader, path, control.find("label")),
        hints={} if control is None else read_label(reader, path, control.find("hint")),
        appearance=attributes.get("appearance", ""),
        choices=offer.choices,
        choice_list=offer.list_name,
        choice_filter=offer.filter,
        choice_nodes=offer.nodes,
        choice_value=offer.value,
        relevant=reader.check(path, "relevant", bind.get("relevant", "")),
        required=reader.check(path, "required", bind.get("required", "")),
        constraint=reader.check(path, "constraint", bind.get("constraint", "")),
        calculation=reader.check(path, "calculation", bind.get("calculate", "")),
        is_readonly=is_readonly,
        default=element.text.strip(),
        constraint_messages=read_message(reader, path, bind.get("constraintMsg", "")),
        required_messages=read_message(reader, path, bind.get("requiredMsg", "")),
        repeat=find_repeat(path, body.repeats),
        save_to=bind.get("saveto", ""),
        data_type=_read_type(bind),
        preload=_read_preload(bind),
    )
    return question, offer


def _read_preload(bind: Mapping[str, str]) -> str:
    return bind.get("preloadParams", "") if bind.get("preload") else ""


def _read_type(bind: Mapping[str, str]) -> str:
    return bind.get("type", "string").rpartition(":")[2]


def _read_kind(control: Node | None, bind: Mapping[str, str], *, is_readonly: bool) -> Kind:
    data_type = _read_type(bind)
    if control is None:
        return Kind.HIDDEN
    if control.name in _TAGS:
        return _TAGS[control.name]
    if control.name == "upload":
        return _MEDIA.get(control.attributes.get("mediatype", "").partition("/")[0], Kind.FILE)
    if control.name == "range":
        return Kind.INTEGER if data_type in ("int", "integer") else Kind.DECIMAL
    if is_readonly and data_type == "string" and not bind.get("calculate"):
        return Kind.NOTE
    return _TYPES.get(data_type, Kind.TEXT)
