"""Read XML into light trees, whoever sent it: no document type, no entity, bounded depth and size.

Names are without their prefix, because forms differ in the prefixes they choose and in the
namespaces they put `meta` in; the same word in two namespaces never means two things in an XForm.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate, errors

from gwa.questionnaires.xform.faults import Fault, FaultKind

MOST_BYTES = 32 * 1024 * 1024
MOST_ELEMENTS = 500_000
MOST_LEVELS = 100
# How many searches a list remembers.
MOST_SEARCHES = 2000


_NO_ATTRIBUTES: Mapping[str, str] = {}


class Node:
    """An element of a tree: a form, an interview, a list. `place` is what the form says of it.

    `text` is what stands before its first child, `tail` what stands after itself.
    `is_relevant` is None until somebody asks: an irrelevant element has no value for anybody.
    """

    __slots__ = (
        "_named",
        "attributes",
        "children",
        "is_relevant",
        "name",
        "parent",
        "place",
        "tail",
        "text",
    )

    def __init__(self, name: str, text: str = "", parent: "Node | None" = None) -> None:
        self.name = name
        self.text = text
        self.tail = ""
        self.parent = parent
        self.children: list[Node] = []
        self.attributes: Mapping[str, str] = _NO_ATTRIBUTES
        self.is_relevant: bool | None = True
        self.place: Any = None
        self._named: dict[str, list[Node]] | None = None
        if parent is not None:
            parent.children.append(self)
            parent._named = None  # it may have been asked for its children before

    def __repr__(self) -> str:
        return f"<{self.name}>{self.text}"

    def named(self, name: str) -> "list[Node]":
        """List the children of this name, in their order. The list is not to be changed."""
        named = self._named
        if named is None:
            named = self._named = {}
            for child in self.children:
                named.setdefault(child.name, []).append(child)
        return named.get(name, _NONE)

    def find(self, *names: str) -> "Node | None":
        """Return the first descendant at these names, one a level."""
        node = self
        for name in names:
            found = node.named(name)
            if not found:
                return None
            node = found[0]
        return node

    def drop(self, children: "list[Node]") -> None:
        """Take children away."""
        if children:
            self.children = [child for child in self.children if child not in children]
            self._named = None

    def walk(self) -> "Iterator[Node]":
        """Give this element and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


_NONE: list[Node] = []


class Rows(Node):
    """The element whose children are the rows of a list. They never change, so it has indexes."""

    __slots__ = ("_columns", "_remembered")

    def __init__(self, name: str, parent: Node) -> None:
        super().__init__(name, parent=parent)
        self._columns: dict[tuple[str, str], dict[str, list[Node]]] = {}
        self._remembered: dict[tuple[object, object], list[Node]] = {}

    def where(self, name: str, column: str, value: str) -> list[Node]:
        """List the rows of this name that hold the value in the column."""
        return self._index(name, column).get(value, _NONE)

    def values(self, name: str, column: str) -> Collection[str]:
        """Give all that the rows of this name hold in a column."""
        return self._index(name, column).keys()

    def recall(self, search: object, answers: object) -> "list[Node] | None":
        """Give what a search found for these answers, if it was ever made."""
        return self._remembered.get((search, answers))

    def remember(self, search: object, answers: object, found: list[Node]) -> list[Node]:
        """Keep what a search found for these answers."""
        if len(self._remembered) >= MOST_SEARCHES:
            self._remembered.clear()
        self._remembered[search, answers] = found
        return found

    def _index(self, name: str, column: str) -> dict[str, list[Node]]:
        index = self._columns.get((name, column))
        if index is None:
            index = self._columns[name, column] = {}
            for row in self.named(name):
                for cell in row.named(column):
                    index.setdefault(cell.text.strip(), []).append(row)
        return index


class _Refused(Exception):
    def __init__(self, kind: FaultKind, what: object = "") -> None:
        self.kind = kind
        self.what = str(what)


class _Builder:
    """Makes the tree as the parser goes. `before` is the child that has just ended, if any."""

    def __init__(self) -> None:
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.read
        self.document = Node("")
        self.node = self.document
        self.before: Node | None = None
        self.elements = 0
        self.levels = 0

    def refuse_document_type(self, *_declared: object) -> None:
        raise _Refused(FaultKind.DOCUMENT_TYPE)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise _Refused(FaultKind.TOO_LARGE, MOST_ELEMENTS)
        self.levels += 1
        if self.levels > MOST_LEVELS:
            raise _Refused(FaultKind.TOO_DEEP, MOST_LEVELS)
        self.node = Node(_local(name), "", self.node)
        self.before = None
        if attributes:
            self.node.attributes = {_local(key): value for key, value in attributes.items()}

    def read(self, text: str) -> None:
        if self.before is None:
            self.node.text += text
        else:
            self.before.tail += text

    def end(self, _name: str) -> None:
        node = self.node
        if node.children and node.text.isspace():
            node.text = ""
        self.levels -= 1
        self.before = node
        self.node = node.parent or self.document


def parse(xml: bytes) -> Node | Fault:
    """Read a document and return the node above its root, or why it is refused and where."""
    if len(xml) > MOST_BYTES:
        return Fault(FaultKind.TOO_LARGE, what=str(MOST_BYTES))
    builder = _Builder()
    try:
        builder.parser.Parse(xml, True)
    except _Refused as refused:
        return Fault(refused.kind, _line(builder), refused.what)
    except ExpatError as error:
        return Fault(FaultKind.NOT_XML, str(error.lineno), errors.messages[error.code])
    except (LookupError, ValueError):
        # An encoding that nobody knows.
        return Fault(FaultKind.NOT_XML, _line(builder))
    return builder.document


def _line(builder: _Builder) -> str:
    return str(builder.parser.CurrentLineNumber)


def _local(name: str) -> str:
    return name.rpartition(" ")[2] if " " in name else name
