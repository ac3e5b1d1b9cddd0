"""What a job needs before the first line: the context, and how sheets are dealt out."""

from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from gwa.collection.intake.groups import Context
from gwa.collection.intake.spool import BOTH, HOUSEHOLDS, PERSONS, SheetToSpool
from gwa.collection.models import Import, ImportedHousehold, ImportFile
from gwa.collection.queries.places import read_gazetteer
from gwa.collection.rules.mappings import Layout, Mapping, SheetMapping, parse_mapping
from gwa.common.scope import everywhere
from gwa.common.sealed_files import work_folder
from gwa.registry.actions.bulk import Terms
from gwa.registry.models import Source
from gwa.registry.sources import nina_layout
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary

# About so many bytes of files make one chunk: some hundreds of households.
_BYTES_A_CHUNK = 400_000
_NUMBERS = frozenset({"registry_number", "household_id"})


def make_context(running: Import, source: Source, version: DictionaryVersion) -> Context:
    """Gather what every line of an import needs."""
    mapping = parse_mapping(running.mapping)
    gazetteer = read_gazetteer(running.scope_paths)
    zones = {
        place.id: place.path
        for place in gazetteer.places.values()
        if place.is_settlement and place.path.startswith(gazetteer.scope)
    }
    return Context(
        import_id=running.pk,
        data_source_id=running.data_source_id,
        zone_path=running.zone_path,
        mapping=mapping,
        titles=titles_of(running.files.all()),
        gazetteer=gazetteer,
        terms=Terms(
            dictionary=read_dictionary(version),
            dictionary_version_id=version.pk,
            source_id=source.pk,
            today=timezone.localdate(),
            collected_on=running.collected_on,
            zones=zones,
        ),
        nina_layout=nina_layout(),
        expects_known=_expects_known(running, mapping),
    )


def _expects_known(running: Import, mapping: Mapping) -> bool:
    """Tell whether many of the households may be known: numbers in the list, or a list before."""
    if any(_NUMBERS & set(part.columns.values()) for _, part in _parts(mapping)):
        return True
    if mapping.layout == Layout.PERSONS:
        return True
    with everywhere():
        return ImportedHousehold.objects.filter(data_source=running.data_source_id).exists()


def titles_of(files: Iterable[ImportFile]) -> dict[str, tuple[str, ...]]:
    """The columns of every sheet, by the sheet's name in the import."""
    return {sheet["name"]: tuple(sheet["columns"]) for file in files for sheet in file.sheets}


def chunks_for(files: Iterable[ImportFile]) -> int:
    """Say into how many chunks the lines are dealt; always the same for the same files."""
    return max(1, -(-sum(file.size for file in files) // _BYTES_A_CHUNK))


def sheets_to_spool(
    running: Import, mapping: Mapping, paths: dict[int, Path], chunks: int
) -> list[SheetToSpool]:
    """Say how each sheet is read and dealt out. `paths`: files in clear by position."""
    sheets = []
    for role, part in _roles(mapping):
        file, own_name = _find_sheet(running.files.all(), part.sheet)
        number = next(
            (column for column, name in part.columns.items() if name == "registry_number"), ""
        )
        sheets.append(
            SheetToSpool(
                path=paths[file.position],
                file_name=file.file_name,
                encoding=file.encoding,
                separator=file.separator,
                sheet=own_name,
                key_column=part.key,
                number_column=number,
                role=role,
                chunks=chunks,
                spool=work_folder() / f"{running.pk.hex}-{role}.spool",
                import_id=running.pk,
                is_keyless=mapping.layout == Layout.HOUSEHOLDS,
            )
        )
    return sheets


def _parts(mapping: Mapping) -> list[tuple[str, SheetMapping]]:
    parts = ((HOUSEHOLDS, mapping.households), (PERSONS, mapping.persons))
    return [(role, part) for role, part in parts if part is not None]


def _roles(mapping: Mapping) -> list[tuple[str, SheetMapping]]:
    """The sheets to read and what their lines are: a line of one sheet may be both."""
    if mapping.layout == Layout.TWO_SHEETS:
        return _parts(mapping)
    if mapping.layout == Layout.PERSONS:
        assert mapping.persons is not None  # noqa: S101 (the mapping was checked)
        return [(PERSONS, mapping.persons)]
    assert mapping.households is not None  # noqa: S101 (the mapping was checked)
    return [(BOTH if mapping.persons is not None else HOUSEHOLDS, mapping.households)]


def _find_sheet(files: Iterable[ImportFile], name: str) -> tuple[ImportFile, str]:
    for file in files:
        for sheet in file.sheets:
            if sheet["name"] == name:
                return file, sheet.get("own_name", name)
    raise KeyError(name)
