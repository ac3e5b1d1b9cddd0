"""Load, publish and retire versions of the dictionary."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.variables.errors import (
    ChangesRefused,
    NewerVersionPublished,
    NotADraft,
    NotPublished,
    PublishedVersionIsFixed,
    StillCurrent,
    UnknownPrevious,
    explain_refusal,
)
from gwa.variables.files import read_folder
from gwa.variables.models import (
    Choice,
    DictionaryVersion,
    Section,
    Variable,
    VariableMapping,
    VersionStatus,
)
from gwa.variables.queries import compare_versions, current_version
from gwa.variables.rules.content import Content
from gwa.variables.rules.definitions import Dictionary, VariableDefinition
from gwa.variables.rules.mapping_text import write_output


def load_dictionary(*, folder: Path, actor: Actor) -> DictionaryVersion:
    """Load the dictionary of a folder as a draft. The same content again changes nothing."""
    content = read_folder(folder)
    version = DictionaryVersion.objects.filter(number=content.dictionary.number).first()
    if version is not None and version.content_hash == content.digest:
        return version
    return write_draft(content=content, actor=actor, at=timezone.now())


@action
def write_draft(*, content: Content, actor: Actor, at: dt.datetime) -> DictionaryVersion:
    """Write a new draft, or rewrite the draft of the same number."""
    dictionary = content.dictionary
    version = DictionaryVersion.objects.select_for_update().filter(number=dictionary.number).first()
    if version is not None and not version.is_draft:
        raise PublishedVersionIsFixed(number=version.number)
    previous = _find_previous(content)
    if version is None:
        version = DictionaryVersion(number=dictionary.number, created_at=at)
    else:
        version.mappings.all().delete()
        version.sections.all().delete()
    version.labels = dict(dictionary.labels)
    version.languages = dict(dictionary.languages)
    version.previous = previous
    version.content_hash = content.digest
    version.save()
    _write_content(version, content)
    record("variables.draft_written", subject=version, actor=actor, data={"hash": content.digest})
    return version


def _find_previous(content: Content) -> DictionaryVersion | None:
    """Find the version that the draft follows; only a first version follows none."""
    if content.follows is None:
        if DictionaryVersion.objects.published().exists():
            raise UnknownPrevious(number=content.dictionary.number, follows="")
        return None
    previous = DictionaryVersion.objects.filter(
        number=content.follows, number__lt=content.dictionary.number
    ).first()
    if previous is None or previous.is_draft:
        raise UnknownPrevious(number=content.dictionary.number, follows=content.follows)
    return previous


def _write_content(version: DictionaryVersion, content: Content) -> None:
    dictionary = content.dictionary
    sections = Section.objects.bulk_create(_list_sections(version, dictionary))
    by_name = {section.name: section for section in sections}
    rows = Variable.objects.bulk_create(
        _row(version, by_name[variable.section], position, variable)
        for position, variable in enumerate(dictionary.variables)
    )
    Choice.objects.bulk_create(
        Choice(variable=row, code=choice.code, position=position, labels=dict(choice.labels))
        for row, variable in zip(rows, dictionary.variables, strict=True)
        for position, choice in enumerate(variable.choices)
    )
    VariableMapping.objects.bulk_create(
        VariableMapping(
            version=version,
            source=change.source,
            kind=change.kind,
            outputs=[write_output(output) for output in change.outputs],
        )
        for change in content.mapping.values()
    )


def _list_sections(version: DictionaryVersion, dictionary: Dictionary) -> list[Section]:
    return [
        Section(
            version=version,
            name=section.name,
            position=position,
            labels=dict(section.labels),
            is_core=section.is_core,
            refresh_months=section.refresh_months,
            note=dict(section.note),
        )
        for position, section in enumerate(dictionary.sections)
    ]


def _row(
    version: DictionaryVersion, section: Section, position: int, variable: VariableDefinition
) -> Variable:
    return Variable(
        version=version,
        section=section,
        name=variable.name,
        position=position,
        level=variable.level,
        type=variable.type,
        storage=variable.storage,
        labels=dict(variable.labels),
        unit=dict(variable.unit),
        minimum=variable.minimum,
        maximum=variable.maximum,
        decimals=variable.decimals,
        is_sensitive=variable.sensitive,
        from_age=variable.from_age,
        to_age=variable.to_age,
        relevance=dict(variable.relevance),
        note=dict(variable.note),
    )


@action
def publish_version(
    *, version: DictionaryVersion, actor: Actor, at: dt.datetime, reason: str = ""
) -> DictionaryVersion:
    """Put a draft into service for new interviews. The version before stays in service too.

    Refused when a change would make old answers lie: each such change is named.
    """
    version = DictionaryVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft:
        raise NotADraft(number=version.number)
    newer = DictionaryVersion.objects.exclude(status=VersionStatus.DRAFT).filter(
        number__gt=version.number
    )
    if (last := newer.first()) is not None:
        raise NewerVersionPublished(number=version.number, newer=last.number)
    _refuse_lies(version)
    version.status = VersionStatus.PUBLISHED
    version.published_at = at
    version.save(update_fields=["status", "published_at"])
    record("variables.version_published", subject=version, actor=actor, reason=reason)
    return version


def _refuse_lies(version: DictionaryVersion) -> None:
    if version.previous is None:
        if DictionaryVersion.objects.published().exists():
            raise UnknownPrevious(number=version.number, follows="")
        return
    refused = compare_versions(version.previous, version).refused
    if refused:
        sentences = " ".join(explain_refusal(refusal) for refusal in refused)
        raise ChangesRefused(number=version.number, refusals=sentences)


@action
def retire_version(
    *, version: DictionaryVersion, actor: Actor, at: dt.datetime, reason: str = ""
) -> DictionaryVersion:
    """Take a version out of service. It stays readable, and late answers to it are still read."""
    version = DictionaryVersion.objects.select_for_update().get(pk=version.pk)
    if version.status != VersionStatus.PUBLISHED:
        raise NotPublished(number=version.number)
    if version == current_version():
        raise StillCurrent(number=version.number)
    version.status = VersionStatus.RETIRED
    version.retired_at = at
    version.save(update_fields=["status", "retired_at"])
    record("variables.version_retired", subject=version, actor=actor, reason=reason)
    return version
