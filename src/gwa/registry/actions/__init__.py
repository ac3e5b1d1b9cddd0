"""The verbs of the registry: the only door through which it changes.

Each is one transaction and one change of the history, and takes `actor`; those that change what is
known take a `reason`; those that state facts take a `source`.
"""

from gwa.registry.actions.compounds import open_compound
from gwa.registry.actions.documents import attach_document, remove_document
from gwa.registry.actions.households import (
    correct_household,
    dissolve_household,
    mark_moved,
    register_household,
    reopen_household,
    set_recipient,
    set_respondent,
)
from gwa.registry.actions.identifiers import end_identifier, set_identifier, verify_identifier
from gwa.registry.actions.memberships import (
    add_known_person,
    add_member,
    change_head,
    choose_principal,
    correct_membership,
    move_member,
    remove_member,
)
from gwa.registry.actions.persons import correct_person, mark_deceased, withdraw_death
from gwa.registry.actions.places import (
    change_attachment,
    clear_place_now,
    set_origin,
    set_place_now,
)
from gwa.registry.actions.splits import split_household
from gwa.registry.actions.undo import undo_last_change
from gwa.registry.sources import new_source

__all__ = [
    "add_known_person",
    "add_member",
    "attach_document",
    "change_attachment",
    "change_head",
    "choose_principal",
    "clear_place_now",
    "correct_household",
    "correct_membership",
    "correct_person",
    "dissolve_household",
    "end_identifier",
    "mark_deceased",
    "mark_moved",
    "move_member",
    "new_source",
    "open_compound",
    "register_household",
    "remove_document",
    "remove_member",
    "reopen_household",
    "set_identifier",
    "set_origin",
    "set_place_now",
    "set_recipient",
    "set_respondent",
    "split_household",
    "undo_last_change",
    "verify_identifier",
    "withdraw_death",
]
