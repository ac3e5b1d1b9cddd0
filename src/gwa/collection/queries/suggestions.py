"""What the columns of an import probably mean."""

from gwa.collection.intake.preparing import titles_of
from gwa.collection.models import Import
from gwa.collection.rules.mappings import Mapping
from gwa.collection.rules.suggestions import suggest_mapping
from gwa.registry.columns import columns_of
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import Level


def suggest_for(of_import: Import) -> Mapping:
    """Guess what each column means, for somebody to check."""
    labels = {
        name: (str(column.label),) for level in Level for name, column in columns_of(level).items()
    }
    return suggest_mapping(titles_of(of_import.files.all()), current_dictionary(), labels)
