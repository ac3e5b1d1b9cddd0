"""The same verbs by the thousand: for lists. Every rule of the one-by-one verbs holds.

`prepare_household` checks one household and writes its rows as COPY takes them, in any process;
`register_households` puts many of them in at once; `update_household` corrects a known one;
`take_back_rows` undoes a whole list. The caller opens the change (`continuing`): an import is one
change and one journal line, however many chunks it takes.
"""

from gwa.registry.actions.bulk.prepared import PreparedHousehold, Terms, prepare_household
from gwa.registry.actions.bulk.registering import Registered, register_households
from gwa.registry.actions.bulk.updating import (
    HouseholdUpdate,
    PersonUpdate,
    Updated,
    note_asked,
    update_household,
)

__all__ = [
    "HouseholdUpdate",
    "PersonUpdate",
    "PreparedHousehold",
    "Registered",
    "Terms",
    "Updated",
    "note_asked",
    "prepare_household",
    "register_households",
    "update_household",
]
