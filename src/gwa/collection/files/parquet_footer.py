"""The plan at the end of a Parquet file, read before any library inflates a page of it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from gwa.collection.files import errors, limits

_MARK = b"PAR1"
_PAGE_HEADER = 1 << 16
_MAX_PAGES = 500_000
_MAX_DEPTH = 24
_REPEATED = 2
_BROKEN = (IndexError, struct.error, KeyError, TypeError, ValueError, RecursionError)
Fields = dict[int, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the footer says."""

    columns: tuple[str, ...]
    row_count: int


def read_plan(path: Path) -> Plan:
    """Read the footer; refuse nested columns, too many of anything, pages that inflate too far."""
    try:
        with path.open("rb") as file:
            footer = _footer(file, path.stat().st_size)
            columns = _columns(footer)
            _measure(file, footer)
            return Plan(columns, int(footer[3]))
    except _BROKEN:
        raise errors.Damaged(where="Parquet") from None


def _footer(file: BinaryIO, size: int) -> Fields:
    file.seek(max(0, size - 8))
    tail = file.read(8)
    if tail[4:] == b"PARE":
        raise errors.Encrypted
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != _MARK or length > size - 12:
        raise errors.Damaged(where="Parquet")
    if length > limits.MAX_FOOTER:
        raise errors.ArchiveTooBig(part="Parquet")
    file.seek(size - 8 - length)
    return _Thrift(file.read(length)).read_struct()


def _columns(footer: Fields) -> tuple[str, ...]:
    """Name the columns; a schema is a list whose first element holds all others."""
    root, *others = footer[2]
    names = []
    for element in others:
        name = element[4].decode()
        # Something inside something, or bytes that are said to be no text.
        if element.get(5) or element.get(3) == _REPEATED:
            raise errors.NestedColumn(column=name)
        names.append(name)
    if len(names) > limits.MAX_COLUMNS:
        raise errors.TooManyColumns(sheet="Parquet", limit=limits.MAX_COLUMNS, line=0)
    if root.get(5) != len(names):
        raise errors.Damaged(where="Parquet")
    return tuple(names)


def _measure(file: BinaryIO, footer: Fields) -> None:
    """Add up what the pages say they will take: the footer alone may lie."""
    if footer[3] > limits.MAX_ROWS:
        raise errors.TooManyRows(sheet="Parquet", limit=limits.MAX_ROWS)
    pages = 0
    for group in footer.get(4, []):
        inflated = 0
        for chunk in group[1]:
            for size in _page_sizes(file, chunk[3]):
                inflated += size
                pages += 1
                if inflated > limits.MAX_ROW_GROUP or pages > _MAX_PAGES:
                    raise errors.ArchiveTooBig(part="Parquet")


def _page_sizes(file: BinaryIO, chunk: Fields) -> Iterator[int]:
    """Walk over the pages of one column of one row group."""
    place = min(chunk[9], chunk.get(11, chunk[9])) or chunk[9]
    end = place + chunk[7]
    while place < end:
        file.seek(place)
        thrift = _Thrift(file.read(_PAGE_HEADER))
        header = thrift.read_struct()
        if header[2] < 0 or header[3] < 0:
            raise errors.Damaged(where="Parquet")
        yield header[2]
        place += thrift.place + header[3]


class _Thrift:
    """The compact protocol of Thrift, as far as a footer needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def read_struct(self, depth: int = 0) -> Fields:
        """Read fields until the mark that ends them."""
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deep")
        fields: Fields = {}
        number = 0
        while (head := self._byte()) != 0:
            step, kind = head >> 4, head & 15
            number = number + step if step else _zigzag(self._varint())
            # A truth is told by the kind itself.
            fields[number] = kind == 1 if kind in {1, 2} else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:  # noqa: ANN401 (whatever the field holds)
        match kind:
            case 1 | 2 | 3:
                return self._byte()
            case 4 | 5 | 6:
                return _zigzag(self._varint())
            case 7:
                return struct.unpack("<d", self._bytes(8))[0]
            case 8:
                return self._bytes(self._varint())
            case 9 | 10:
                return self._list(depth)
            case 12:
                return self.read_struct(depth + 1)
        raise ValueError("unknown kind")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count, kind = head >> 4, head & 15
        if count == 15:
            count = self._varint()
        if count > len(self._data):
            raise ValueError("a list longer than its file")
        if depth > _MAX_DEPTH:
            raise ValueError("nested too deep")
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _varint(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
            if shift > 63:
                raise ValueError("a number too long")

    def _byte(self) -> int:
        byte = self._data[self.place]
        self.place += 1
        return byte

    def _bytes(self, count: int) -> bytes:
        found = self._data[self.place : self.place + count]
        if len(found) != count:
            raise IndexError
        self.place += count
        return found


def _zigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
