"""A whole form, out of its XML."""

from collections.abc import Iterator

from gwa.questionnaires.xform.definitions import Form, Group, ItemList, Question
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.markup import Node, parse
from gwa.questionnaires.xform.reading.body import Body, read_body
from gwa.questionnaires.xform.reading.choices import Offer, name_choices, read_lists
from gwa.questionnaires.xform.reading.entities import read_entities
from gwa.questionnaires.xform.reading.questions import (
    Binds,
    Places,
    find_places,
    read_binds,
    read_group,
    read_question,
)
from gwa.questionnaires.xform.reading.reader import Reader
from gwa.questionnaires.xform.reading.texts import read_texts

_ACTIONS = ("setvalue",)


def read_form(xml: bytes) -> Form | list[Fault]:
    """Read a form: the form, or every fault that would keep a phone or a server from using it."""
    document = parse(xml)
    if isinstance(document, Fault):
        return [document]
    model = document.find("html", "head", "model")
    primary = None if model is None else model.find("instance")
    if model is None or primary is None or not primary.children:
        return [Fault(FaultKind.NOT_A_FORM)]
    root = primary.children[0]
    reader = Reader(root.name)
    form = _read(reader, document, model, root)
    return reader.faults or form


def _read(reader: Reader, document: Node, model: Node, root: Node) -> Form:
    form_id = root.attributes.get("id", "").strip()
    if not form_id:
        reader.refuse(FaultKind.MISSING, reader.root, "id")
    submission = model.find("submission")
    if submission is not None and submission.attributes.get("base64RsaPublicKey"):
        reader.refuse(FaultKind.ENCRYPTED, "submission")
    places = find_places(reader, root)
    languages = read_texts(reader, model)
    lists = read_lists(reader, model.named("instance")[1:])
    names = {one.attributes["id"]: one.attributes.get("nodeset", "")
             for one in model.named("bind") if "id" in one.attributes}  # fmt: skip
    body = read_body(reader, document.find("html", "body"), names)
    _refuse_twins(reader, root, body)
    binds = read_binds(reader, model)
    _check_actions(reader, document)
    questions, offers = _read_questions(reader, places, binds, body)
    version = model.attributes.get("entities-version", "")
    title = document.find("html", "head", "title")
    return Form(
        form_id=form_id,
        version=root.attributes.get("version", ""),
        title="" if title is None else title.text.strip(),
        root=root.name,
        languages=languages or ("",),
        questions=questions,
        groups=tuple(_read_groups(reader, places, binds, body)),
        lists=tuple(_name_lists(reader, lists, offers)),
        entities=tuple(read_entities(reader, version, places.entities, binds, body.repeats)),
        entities_version=version,
        texts=reader.texts,
    )


def _read_questions(
    reader: Reader, places: Places, binds: Binds, body: Body
) -> tuple[tuple[Question, ...], list[Offer]]:
    # A repeat or a group may be asked for and hold nothing yet.
    leaves = {
        path: leaf
        for path, leaf in places.leaves.items()
        if path not in body.repeats and path not in body.groups
    }
    read = [
        read_question(reader, path, leaf, binds.get(path, {}), body)
        for path, leaf in leaves.items()
    ]
    return tuple(question for question, _offer in read), [offer for _question, offer in read]


def _read_groups(reader: Reader, places: Places, binds: Binds, body: Body) -> Iterator[Group]:
    for path in {**places.branches, **body.groups, **body.repeats}:
        if path and path[-1] != "meta":
            yield read_group(reader, path, binds.get(path, {}), body)


def _name_lists(
    reader: Reader, lists: dict[str, ItemList], offers: list[Offer]
) -> Iterator[ItemList]:
    users = {offer.list_name: offer for offer in reversed(offers) if offer.list_name}
    for name, one in lists.items():
        yield name_choices(reader, one, users.get(name, Offer(label=_label_column(one))))


def _label_column(one: ItemList) -> str:
    """Guess the column of the labels of a list that no question uses."""
    is_translated = one.content is not None and any(
        node.name == "itextId" for node in one.content.walk()
    )
    return "jr:itext(itextId)" if is_translated else "label"


def _refuse_twins(reader: Reader, element: Node, body: Body, path: tuple[str, ...] = ()) -> None:
    """Refuse two elements of one name beside each other, unless they are rounds of a repeat."""
    names: set[str] = set()
    for child in element.children:
        place = (*path, child.name)
        if child.name in names and place not in body.repeats and "template" not in child.attributes:
            reader.refuse(FaultKind.NAMED_TWICE, place)
        names.add(child.name)
        _refuse_twins(reader, child, body, place)


def _check_actions(reader: Reader, document: Node) -> None:
    """Check what the phone computes when a form opens or an answer changes."""
    for element in document.walk():
        if element.name not in _ACTIONS:
            continue
        place = reader.find_place(element.attributes.get("ref", ""))
        where = place if place is not None else (element.attributes.get("ref", "").strip(),)
        reader.check(where, element.name, element.attributes.get("value", ""))
