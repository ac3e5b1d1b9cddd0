"""What ways in keep of somebody who is erased: files, refused lines, what was typed of papers."""

from collections.abc import Iterable
from dataclasses import dataclass

from gwa.collection.intake.preparing import titles_of
from gwa.collection.intake.understanding import key_index
from gwa.collection.models import Import, ImportedHousehold, PaperForm, RefusedLine
from gwa.collection.rules.mappings import parse_mapping
from gwa.collection.rules.readers import (
    LineReader,
    Read,
    identifiers_of,
    names_of,
    settle_birth,
)
from gwa.collection.upkeep import empty_import
from gwa.common.crypto import blind_index
from gwa.common.text import fold
from gwa.registry.erasure import Erased
from gwa.registry.models import Household, Identifier, Person
from gwa.registry.rules.births import may_be_same
from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.phones import parse_phone
from gwa.registry.words import birth_of
from gwa.variables.queries import read_dictionary


def forget_lists(erased: Erased) -> None:
    """Empty the imports that brought an erased household, or refused lines that tell of it.

    A sealed file cannot lose one line: it goes whole, and so do the lines it left refused.
    """
    brought = ImportedHousehold.objects.filter(household_id__in=erased.households)
    sources = set(brought.values_list("of_import", flat=True))
    traces = _traces_of(erased, brought.values_list("key_index", flat=True))
    for one in Import.objects.filter(emptied_at__isnull=True).prefetch_related("files"):
        if one.pk in sources or _tells_of(one, traces):
            empty_import(of_import=one, why="effacement")
    brought.delete()


@dataclass(frozen=True, slots=True)
class _Traces:
    """By what a refused line is known to tell of the erased."""

    ids: frozenset[str]
    numbers: frozenset[str]
    keys: frozenset[bytes]
    identifiers: frozenset[tuple[str, bytes]]
    phones: frozenset[bytes]
    people: tuple[Person, ...]


def _traces_of(erased: Erased, keys: Iterable[bytes]) -> _Traces:
    numbers = Household.objects.filter(pk__in=erased.households)
    held = Identifier.objects.filter(person__in=erased.persons)
    people = tuple(Person.objects.filter(pk__in=erased.persons))
    return _Traces(
        ids=frozenset(map(str, (*erased.households, *erased.persons))),
        numbers=frozenset(numbers.values_list("registry_number", flat=True)),
        keys=frozenset(map(bytes, keys)),
        identifiers=frozenset(
            (kind, bytes(index)) for kind, index in held.values_list("kind", "value_index")
        ),
        phones=frozenset(bytes(one.phone_index) for one in people if one.phone_index),
        people=people,
    )


def _tells_of(of_import: Import, traces: _Traces) -> bool:
    """Tell whether a line that stayed outside, read as its import read it, is about the erased."""
    lines = RefusedLine.objects.filter(of_import=of_import)
    if not lines.exists():
        return False
    readers = _readers_of(of_import)
    for line in lines.iterator(chunk_size=500):
        cells = line.content["cells"]
        for reader in readers.get(line.sheet, ()):
            read = reader.read(line.line, cells)
            key = reader.key_of(cells)
            if key in traces.ids or key_index(of_import.data_source_id, key) in traces.keys:
                return True
            if _is_about(read, reader, of_import, traces):
                return True
    return False


def _readers_of(of_import: Import) -> dict[str, list[LineReader]]:
    assert of_import.dictionary_version is not None  # noqa: S101 (lines were refused: it started)
    dictionary = read_dictionary(of_import.dictionary_version)
    mapping, titles = parse_mapping(of_import.mapping), titles_of(of_import.files.all())
    readers: dict[str, list[LineReader]] = {}
    for part in (mapping.households, mapping.persons):
        if part is not None:
            reader = LineReader(part, titles[part.sheet], mapping, dictionary)
            readers.setdefault(part.sheet, []).append(reader)
    return readers


def _is_about(read: Read, reader: LineReader, of_import: Import, traces: _Traces) -> bool:
    values = read.values
    if {values.get("household_id"), values.get("person_id")} & traces.ids:
        return True
    if values.get("registry_number") in traces.numbers:
        return True
    phone = parse_phone(values.get("phone", ""))
    if phone and blind_index(phone, kind="phone") in traces.phones:
        return True
    for number in identifiers_of(read, reader.numbers):
        value = parse_identifier(number.kind, number.value)
        if value and (number.kind, blind_index(value, kind=number.kind)) in traces.identifiers:
            return True
    birth = settle_birth(read, of_import.collected_on)
    named = tuple(map(fold, names_of(read)))
    return any(
        named == (fold(person.given_name), fold(person.family_name))
        and values.get("sex", person.sex) == person.sex
        and (birth is None or (known := birth_of(person)) is None or may_be_same(birth, known))
        for person in traces.people
    )


def forget_paper_forms(erased: Erased) -> None:
    """Forget what was typed of the forms of an erased household; their numbers stay used."""
    forms = PaperForm.objects.filter(household_id__in=erased.households)
    forms.update(household=None, first_sealed=None, second_sealed=None)
