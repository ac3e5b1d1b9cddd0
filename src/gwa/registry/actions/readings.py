"""Lines that readings leave: personal data was searched, shown or printed."""

from gwa.accounts.throttling import count_in_window
from gwa.journal.actions import record
from gwa.journal.models import Actor, Entry
from gwa.registry import errors
from gwa.registry.models import Household, Identifier, Person

# A person types a search every few seconds at most; a program asks without end.
MOST_SEARCHES = 40


def count_search(*, user_id: int) -> None:
    """Count one search of this account; refuse when it searches faster than people do.

    The count lives in the database, one row for each account: every process sees the same.
    """
    searches, _start = count_in_window(f"search {user_id}")
    if searches > MOST_SEARCHES:
        raise errors.SearchTooFast


def note_search(*, asked: str, found: int, has_filters: bool, actor: Actor) -> Entry:
    """Leave a line that somebody outside the technical unit searched; never what was typed."""
    data = {"asked": asked, "found": found, "filters": has_filters}
    return record("registry.searched", actor=actor, data=data)


def note_claims_read(*, shown: int, actor: Actor) -> Entry:
    """Leave a line that somebody outside the technical unit read who claims whose number."""
    return record("registry.claims_read", actor=actor, data={"shown": shown})


def note_printing(*, household: Household, actor: Actor) -> Entry:
    """Leave a line that the household's sheet was printed."""
    return record("registry.household_printed", subject=household, actor=actor)


def show_identifier(*, identifier: Identifier, actor: Actor) -> str:
    """Return a number in clear, and leave a line that it was shown."""
    data = {"kind": identifier.kind, "identifier": str(identifier.pk)}
    record("registry.identifier_shown", subject=identifier.person, actor=actor, data=data)
    return identifier.value


def show_phone(*, person: Person, actor: Actor) -> str:
    """Return a phone number in clear, and leave a line that it was shown."""
    record("registry.phone_shown", subject=person, actor=actor)
    return person.phone


def note_document_read(*, document_id: str, household: Household, actor: Actor) -> Entry:
    """Leave a line that a document was opened."""
    return record(
        "registry.document_read", subject=household, actor=actor, data={"document": document_id}
    )
