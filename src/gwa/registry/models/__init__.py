"""The registry's tables. Every one that holds people carries `zone_path` and is protected by it."""

from gwa.registry.models.households import Compound, Household, HouseholdOrigin
from gwa.registry.models.memberships import Membership, Relationship
from gwa.registry.models.persons import Document, Identifier, Person
from gwa.registry.models.search import PersonName, SearchName, SearchWord
from gwa.registry.models.sources import Source, Statement
from gwa.registry.models.versions import FiguresRun, Version, ZoneFigure

__all__ = [
    "Compound",
    "Document",
    "FiguresRun",
    "Household",
    "HouseholdOrigin",
    "Identifier",
    "Membership",
    "Person",
    "PersonName",
    "Relationship",
    "SearchName",
    "SearchWord",
    "Source",
    "Statement",
    "Version",
    "ZoneFigure",
]
