"""The entities that an interview makes or changes (ODK Entities)."""

from collections.abc import Iterator, Mapping

from gwa.questionnaires.xform.definitions import Entity, Path
from gwa.questionnaires.xform.faults import FaultKind
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.reading.questions import Binds, find_repeat
from gwa.questionnaires.xform.reading.reader import Reader

# A newer one must be refused, says the specification: it may mean something else.
_VERSIONS = ("2022.1", "2023.1", "2024.1", "2025.1")


def read_entities(
    reader: Reader,
    version: str,
    elements: Mapping[Path, Node],
    binds: Binds,
    repeats: Mapping[Path, object],
) -> Iterator[Entity]:
    """Read each entity of the form: at most one for the interview and for each repeat."""
    if elements and ".".join(version.split(".")[:2]) not in _VERSIONS:
        reader.refuse(FaultKind.ENTITIES_TOO_NEW, "entities-version", version)
    for path, element in elements.items():
        if not element.attributes.get("dataset"):
            reader.refuse(FaultKind.MISSING, path, "dataset")
        yield Entity(
            dataset=element.attributes.get("dataset", ""),
            path=path,
            repeat=find_repeat(path, repeats),
            id=_read(reader, (*path, "@id"), binds),
            create_if=_read_condition(reader, path, "create", element, binds),
            update_if=_read_condition(reader, path, "update", element, binds),
            label=_read(reader, (*path, "label"), binds),
        )
        for name in ("baseVersion", "trunkVersion", "branchId"):
            _read(reader, (*path, f"@{name}"), binds)


def _read(reader: Reader, place: Path, binds: Binds) -> str:
    return reader.check(place, "calculation", binds.get(place, {}).get("calculate", ""))


def _read_condition(reader: Reader, path: Path, name: str, element: Node, binds: Binds) -> str:
    """Read when it is made or changed; empty where never."""
    calculated = _read(reader, (*path, f"@{name}"), binds)
    if calculated:
        return calculated
    return "true()" if element.attributes.get(name, "").strip() in ("1", "true") else ""
