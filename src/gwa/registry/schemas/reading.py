"""What a reader may see of answers."""

from gwa.common.access import Person as Reader
from gwa.common.api.values import Answers
from gwa.registry.columns import READ_SENSITIVE
from gwa.registry.models import Household, Person
from gwa.variables.queries import read_dictionary


def read_answers(row: Household | Person, reader: Reader) -> tuple[Answers, list[str]]:
    """Return the answers that the reader may see, and the names of those withheld."""
    if row.dictionary_version is None or reader.has_right(READ_SENSITIVE):
        return dict(row.answers), []
    variables = read_dictionary(row.dictionary_version).by_name
    seen: Answers = {}
    withheld = []
    for name, value in row.answers.items():
        variable = variables.get(name)
        # What the dictionary does not know may be anything.
        if variable is None or variable.sensitive:
            withheld.append(f"answers.{name}")
        else:
            seen[name] = value
    return seen, withheld
