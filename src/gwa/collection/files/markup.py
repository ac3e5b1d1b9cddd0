"""XML read as a stream, without entities, without a tree in memory."""

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from gwa.collection.files import errors

PIECE = 1 << 16
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class _DeclaredEntity(Exception):
    """The document has a DOCTYPE: raised out of the parser at its first byte."""


def make_parser(*, start: Start, end: End, text: Text) -> expat.XMLParserType:
    """Make a parser that stops at any DOCTYPE; names come as written, with their prefix.

    Without a DOCTYPE there is no entity: neither a file of this machine nor a thousand laughs.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_args: object) -> None:
    raise _DeclaredEntity


def feed(parser: expat.XMLParserType, source: IO[bytes], part: str) -> Iterator[None]:
    """Give the parser the document piece by piece; the caller collects between two pieces."""
    try:
        while chunk := source.read(PIECE):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except _DeclaredEntity:
        raise errors.HasEntities(part=part) from None
    except expat.ExpatError:
        raise errors.Damaged(where=part) from None


def elements(source: IO[bytes], part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """List the elements of a small document with their attributes, names without prefix."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    parser = make_parser(start=start, end=lambda _name: None, text=lambda _text: None)
    for _ in feed(parser, source, part):
        yield from found
        found.clear()


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name[name.rfind(":") + 1 :]
