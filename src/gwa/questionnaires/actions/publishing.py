"""Verbs that put a version into service, and take it out."""

from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires import errors
from gwa.questionnaires.actions.revising import lock_version, read_definition
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.dictionary import derive_dictionary
from gwa.questionnaires.words import say_refusal
from gwa.variables.actions import publish_version, write_draft
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import current_version
from gwa.variables.rules.content import Content, hash_content

Status = FormVersion.Status


@action
def publish_form(*, version: FormVersion, actor: Actor, reason: str = "") -> FormVersion:
    """Put a validated version into service, with the dictionary that follows from it.

    The version before stays readable, and interviews begun with it are still taken in.
    """
    locked = lock_version(version)
    if locked.status != Status.VALIDATED:
        raise errors.NotValidated
    dictionary = put_in_service(locked, actor)
    title = read_definition(bytes(locked.xform)).title
    if title and locked.form.title != title:
        locked.form.title = title
        locked.form.save(update_fields=["title"])
    record(
        "questionnaires.form_published",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"version": locked.version, "dictionary": dictionary.number},
    )
    return locked


def put_in_service(locked: FormVersion, actor: Actor) -> DictionaryVersion:
    """Say what a version's answers mean, and let its interviews be taken in. A step."""
    locked.dictionary_version = dictionary = _dictionary_for(locked, actor)
    locked.status = Status.PUBLISHED
    locked.published_at, locked.published_by = timezone.now(), actor.label
    locked.save(update_fields=["dictionary_version", "status", "published_at", "published_by"])
    return dictionary


def _dictionary_for(version: FormVersion, actor: Actor) -> DictionaryVersion:
    """Return the dictionary in force, or publish the one that the form widens it to."""
    before = current_version()
    derived = derive_dictionary(read_definition(bytes(version.xform)))
    if derived.refused:
        sentences = " ".join(say_refusal(refusal) for refusal in derived.refused)
        raise errors.PublicationRefused(refusals=sentences)
    if derived.changes_nothing:
        return before
    content = Content(derived.dictionary, before.number, {}, hash_content(derived.dictionary))
    draft = write_draft(content=content, actor=actor, at=timezone.now())
    return publish_version(version=draft, actor=actor, at=timezone.now())


@action
def retire_form(*, version: FormVersion, actor: Actor, reason: str) -> FormVersion:
    """Take a version out of service: no new interview uses it, late ones are still taken in."""
    locked = lock_version(version)
    if locked.status != Status.PUBLISHED:
        raise errors.NotPublished
    locked.status = Status.RETIRED
    locked.retired_at, locked.retired_by = timezone.now(), actor.label
    locked.save(update_fields=["status", "retired_at", "retired_by"])
    record("questionnaires.form_retired", subject=locked, actor=actor, reason=reason)
    return locked
