"""Read dictionaries: the current one, any version, and the way from one to another."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from gwa.variables.errors import AnswersRefused, NoDictionary, NotAnEarlierVersion
from gwa.variables.models import (
    DictionaryVersion,
    Section,
    Variable,
    VariableMapping,
    VersionStatus,
)
from gwa.variables.rules.answers import check_answers
from gwa.variables.rules.comparison import Comparison, Difference, compare, list_differences
from gwa.variables.rules.definitions import (
    Answers,
    ChoiceDefinition,
    Dictionary,
    Level,
    SectionDefinition,
    Storage,
    ValueType,
    VariableDefinition,
)
from gwa.variables.rules.mapping_text import read_output
from gwa.variables.rules.mappings import (
    Change,
    Conversion,
    MappingKind,
    VersionMapping,
    compose,
    convert_answers,
    mapping_of,
)


def current_version() -> DictionaryVersion:
    """Return the version of new interviews: the newest of those published."""
    version = DictionaryVersion.objects.published().order_by("-number").first()
    if version is None:
        raise NoDictionary
    return version


def current_dictionary() -> Dictionary:
    """Return the dictionary of new interviews."""
    return read_dictionary(current_version())


def shown_version() -> DictionaryVersion | None:
    """Return the version a reader sees first: in service, else the newest draft, else none."""
    newest = DictionaryVersion.objects.order_by("-number")
    return newest.filter(status=VersionStatus.PUBLISHED).first() or newest.first()


def list_versions() -> list[DictionaryVersion]:
    """List the versions with their number of variables, newest first."""
    return list(
        DictionaryVersion.objects.select_related("previous")
        .annotate(variable_count=Count("variables"))
        .order_by("-number")
    )


def refuse_wrong_answers(
    answers: Answers,
    *,
    version: DictionaryVersion,
    level: Level,
    age_range: tuple[int, int] | None = None,
) -> None:
    """Raise `AnswersRefused` when the version's dictionary finds a fault in the answers."""
    variables = read_dictionary(version).at_level(level)
    problems = check_answers(answers, variables, age_range=age_range)
    if problems:
        raise AnswersRefused(problems)


def read_dictionary(version: DictionaryVersion) -> Dictionary:
    """Return the dictionary of a version: read once a process, then no query at all."""
    return _read(version.pk, version.content_hash)


@lru_cache(maxsize=16)
def _read(version_id: int, content_hash: str) -> Dictionary:
    """Read a version's rows. The hash is part of the key because a draft may still change."""
    version = DictionaryVersion.objects.get(pk=version_id)
    sections = Section.objects.filter(version_id=version_id).order_by("position")
    rows = (
        Variable.objects.filter(version_id=version_id)
        .select_related("section")
        .prefetch_related("choices")
        .order_by("position")
    )
    return Dictionary(
        number=version.number,
        labels=version.labels,
        languages=version.languages,
        sections=tuple(_define_section(section) for section in sections),
        variables=tuple(_define_variable(row) for row in rows),
    )


def _define_section(row: Section) -> SectionDefinition:
    return SectionDefinition(
        name=row.name,
        labels=row.labels,
        is_core=row.is_core,
        refresh_months=row.refresh_months,
        note=row.note,
    )


def _define_variable(row: Variable) -> VariableDefinition:
    choices = sorted(row.choices.all(), key=lambda choice: choice.position)
    return VariableDefinition(
        name=row.name,
        section=row.section.name,
        level=Level(row.level),
        type=ValueType(row.type),
        labels=row.labels,
        storage=Storage(row.storage),
        choices=tuple(ChoiceDefinition(choice.code, choice.labels) for choice in choices),
        unit=row.unit,
        minimum=row.minimum.normalize() if row.minimum is not None else None,
        maximum=row.maximum.normalize() if row.maximum is not None else None,
        decimals=row.decimals,
        sensitive=row.is_sensitive,
        from_age=row.from_age,
        to_age=row.to_age,
        relevance=row.relevance,
        note=row.note,
    )


def mapping_from_previous(version: DictionaryVersion) -> VersionMapping:
    """Return what became of the variables of the version before this one."""
    return _read_mapping(version.pk, version.content_hash)


@lru_cache(maxsize=16)
def _read_mapping(version_id: int, content_hash: str) -> VersionMapping:  # the hash: as in _read
    return mapping_of(
        Change(MappingKind(row.kind), row.source, tuple(map(read_output, row.outputs)))
        for row in VariableMapping.objects.filter(version_id=version_id)
    )


def mapping_between(old: DictionaryVersion, new: DictionaryVersion) -> VersionMapping:
    """Return one mapping from an older version to one that descends from it."""
    mapping: VersionMapping = {}
    version: DictionaryVersion | None = new
    while version is not None and version.pk != old.pk:
        mapping = compose(mapping_from_previous(version), mapping)
        version = version.previous
    if version is None:
        raise NotAnEarlierVersion(old=old.number, new=new.number)
    return mapping


def convert(
    answers: Answers, *, old: DictionaryVersion, new: DictionaryVersion, level: Level
) -> Conversion:
    """Make the answers to an older version usable with a newer one."""
    return convert_answers(answers, mapping_between(old, new), read_dictionary(new).at_level(level))


def compare_versions(old: DictionaryVersion, new: DictionaryVersion) -> Comparison:
    """Compare two versions of which the second descends from the first."""
    return compare(read_dictionary(old), read_dictionary(new), mapping_between(old, new))


@dataclass(frozen=True, slots=True)
class Step:
    """What one version did to a variable."""

    version: DictionaryVersion
    definition: VariableDefinition | None
    is_new: bool
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def variable_history(name: str) -> list[Step]:
    """List the versions that added, changed, renamed or removed a variable, oldest first."""
    steps = []
    before: VariableDefinition | None = None
    for version in DictionaryVersion.objects.order_by("number"):
        after = read_dictionary(version).by_name.get(name)
        changes = tuple(
            change
            for change in mapping_from_previous(version).values()
            if change.source == name or any(o.target == name for o in change.outputs)
        )
        differences = tuple(list_differences(before, after)) if before and after else ()
        if (before is None) != (after is None) or differences or changes:
            is_new = before is None and after is not None
            steps.append(Step(version, after, is_new, differences, changes))
        before = after
    return steps
