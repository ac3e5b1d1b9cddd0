"""The lines of a sheet dealt out by key, so that a household's lines meet whatever their order.

A sheet is read once, line by line; lines go to the chunk that the key's checksum names, always the
same one. What is put aside on disk is sealed, and goes with the job.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from gwa.collection.files import Unreadable, open_book
from gwa.collection.intake.groups import Group, Row
from gwa.collection.rules.cells import Cell, Unclear, text_of
from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.registry.rules.numbers import parse_number

HOUSEHOLDS, PERSONS, BOTH = "households", "persons", "both"
# So many lines are held before they are dealt out.
_HELD = 30_000
# Before the key of the household above: a line that bears none itself.
_KEYLESS = "\0"


@dataclass(frozen=True, slots=True)
class SheetToSpool:
    """One sheet of one file, and how its lines are dealt out."""

    path: Path
    file_name: str
    encoding: str
    separator: str
    sheet: str
    key_column: str
    number_column: str
    role: str
    chunks: int
    spool: Path
    import_id: UUID
    is_keyless: bool


@dataclass(slots=True)
class Spooled:
    """A spool on disk: where each chunk's blocks lie, and how many lines there are."""

    sheet: SheetToSpool
    lines: int = 0
    blocks: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def spool_sheet(sheet: SheetToSpool) -> Spooled:
    """Read a sheet once and deal out its lines."""
    spooled, count = Spooled(sheet), 0
    held: dict[int, list[tuple[str, Row]]] = {}
    with sheet.spool.open("wb") as file:
        for key, row in read_keyed(sheet):
            chunk = zlib.crc32(own_key(key).encode()) % sheet.chunks
            held.setdefault(chunk, []).append((key, row))
            count += 1
            if count % _HELD == 0:
                _deal(file, held, spooled)
                held = {}
        _deal(file, held, spooled)
    spooled.lines = count
    return spooled


def read_keyed(sheet: SheetToSpool) -> Iterator[tuple[str, Row]]:
    """Read the lines of a sheet, each with the key of its household."""
    book = open_book(
        sheet.path,
        file_name=sheet.file_name,
        encoding=sheet.encoding or None,
        separator=sheet.separator or None,
    )
    titles = book.sheet(sheet.sheet).columns
    key_at = titles.index(sheet.key_column) if sheet.key_column else None
    number_at = titles.index(sheet.number_column) if sheet.number_column else None
    rows = ((line, plain(cells)) for line, cells in book.rows(sheet.sheet))
    return keyed(rows, key_at, number_at, role=sheet.role, is_keyless=sheet.is_keyless)


def keyed(
    rows: Iterable[Row], key_at: int | None, number_at: int | None, *, role: str, is_keyless: bool
) -> Iterator[tuple[str, Row]]:
    """Give each line the key of its household; an empty one where nothing tells.

    A person's line without a key may be one of the household above: it goes with that one.
    """
    above = ""
    for row in rows:
        key = _key_of(row, key_at, number_at, is_keyless=is_keyless)
        if key or role == HOUSEHOLDS:
            above = key
        yield key or (above and _KEYLESS + above), row


def own_key(key: str) -> str:
    """Return the key of the household that a line goes with."""
    return key.removeprefix(_KEYLESS)


def plain(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells that any process can read back."""
    if Unreadable in map(type, cells):
        return tuple(Unclear(cell) if isinstance(cell, Unreadable) else cell for cell in cells)
    return cells


def _key_of(row: Row, key_at: int | None, number_at: int | None, *, is_keyless: bool) -> str:
    cells = row[1]
    key = text_of(cells[key_at]) if key_at is not None else ""
    if not key and number_at is not None:
        number = text_of(cells[number_at])
        key = parse_number(number) or number
    if not key and is_keyless:
        return "line:" + "\t".join(text_of(cell) for cell in cells)
    return key


def _deal(file: BinaryIO, held: dict[int, list[tuple[str, Row]]], spooled: Spooled) -> None:
    for chunk in sorted(held):
        block = pickle.dumps(held[chunk], protocol=5)
        blocks = spooled.blocks.setdefault(chunk, [])
        place = f"{spooled.sheet.role}.{chunk}.{len(blocks)}"
        sealed = seal_bytes(block, table="spool", column=place, row=spooled.sheet.import_id)
        blocks.append((file.tell(), len(sealed)))
        file.write(sealed)


def read_chunk(spools: list[Spooled], chunk: int) -> list[Group]:
    """Bring the lines of a chunk together by key, in the order of the file."""
    return gather((spooled.sheet.role, _rows(spooled, chunk)) for spooled in spools)


def gather(sheets: Iterable[tuple[str, Iterable[tuple[str, Row]]]]) -> list[Group]:
    """Bring lines together by key; those without any come last, each by itself."""
    groups: dict[str, Group] = {}
    loose: list[Group] = []
    for role, pairs in sheets:
        for key, row in pairs:
            own = own_key(key)
            if not own:
                group = Group("")
                loose.append(group)
            else:
                group = groups.setdefault(own, Group(own))
            if own != key:
                group.keyless.add(row[0])
            if role in (HOUSEHOLDS, BOTH):
                group.households.append(row)
            if role in (PERSONS, BOTH):
                group.persons.append(row)
    return [*groups.values(), *loose]


def _rows(spooled: Spooled, chunk: int) -> Iterator[tuple[str, Row]]:
    with spooled.sheet.spool.open("rb") as file:
        for number, (offset, length) in enumerate(spooled.blocks.get(chunk, ())):
            file.seek(offset)
            place = f"{spooled.sheet.role}.{chunk}.{number}"
            block = unseal_bytes(
                file.read(length), table="spool", column=place, row=spooled.sheet.import_id
            )
            yield from pickle.loads(block)  # noqa: S301 (sealed by us: nobody else can write it)
