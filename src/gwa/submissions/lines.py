"""An interview as the lines of a list: one of the household, one of each person.

What a form saves to its entities (`save_to`) bears the names that columns of lists bear, so that an
interview is read, checked and compared by the same rules as a line of a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from gwa.collection.intake.groups import Group
from gwa.collection.rules.mappings import Layout, Mapping, SheetMapping, targets
from gwa.common.ids import read_uuid
from gwa.questionnaires.rules.deriving import HOUSEHOLDS, LEVELS, PERSONS
from gwa.questionnaires.xform.definitions import Form, Kind
from gwa.questionnaires.xform.instance import EntityBlock, Instance
from gwa.submissions.members import with_persons
from gwa.variables.rules.definitions import Dictionary

_ID = {HOUSEHOLDS: "household_id", PERSONS: "person_id"}
# A point is one answer and three columns: "12.65 -8.0 350 4.5".
_POINT = {"lat": 0, "lon": 1, "accuracy_m": 3}


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one interview. `persons` are beside the lines of the group, in their order."""

    group: Group
    household: EntityBlock
    persons: tuple[EntityBlock, ...]

    @property
    def household_id(self) -> UUID:
        """The household's id, as the telephone gave it or the registry before."""
        return UUID(self.household.id)


@lru_cache(maxsize=64)
def _columns_of(form: Form) -> dict[str, dict[str, bool]]:
    """The properties that a form saves, by entity list; True where the answer is a point."""
    repeats = {one.repeat: one.dataset for one in form.entities if one.dataset in LEVELS}
    columns: dict[str, dict[str, bool]] = {dataset: {} for dataset in repeats.values()}
    for question in form.questions:
        if question.save_to and question.repeat in repeats:
            is_point = question.kind == Kind.GEOPOINT
            columns[repeats[question.repeat]][question.save_to] = is_point
    return columns


def titles_of(form: Form) -> dict[str, tuple[str, ...]]:
    """The titles of each sheet: the entity's id, then what the form saves."""
    return {
        dataset: (
            _ID[dataset],
            *(
                title
                for name, is_point in columns.items()
                for title in (_POINT if is_point else (name,))
            ),
        )
        for dataset, columns in _columns_of(form).items()
    }


def mapping_of(form: Form, dictionary: Dictionary) -> Mapping:
    """Every column means what its name says; a property that nobody knows means nothing."""
    parts = {}
    for dataset, titles in titles_of(form).items():
        known = {_ID[dataset], *targets(dictionary, LEVELS[dataset])}
        parts[dataset] = SheetMapping(
            sheet=dataset,
            key=_ID[dataset],
            columns={title: title for title in titles if title in known},
        )
    return Mapping(
        layout=Layout.TWO_SHEETS,
        households=parts.get(HOUSEHOLDS),
        persons=parts.get(PERSONS),
        dates="ymd",
        decimal=".",
        erase_word="",
    )


def read_lines(instance: Instance) -> Lines | None:
    """Read the lines of an interview; None where it makes or changes no household.

    A guest's round, or a slip's, makes no entity and is no line.
    """
    told = with_persons([one for one in instance.entities() if one.is_created or one.is_updated])
    homes = [one for one in told if one.dataset == HOUSEHOLDS and read_uuid(one.id)]
    if not homes:
        return None
    persons = tuple(one for one in told if one.dataset == PERSONS and read_uuid(one.id))
    columns = _columns_of(instance.form)
    group = Group(
        key=homes[0].id,
        households=[(1, tuple(_cells(homes[0], columns[HOUSEHOLDS])))],
        persons=[
            (number, tuple(_cells(one, columns[PERSONS]))) for number, one in enumerate(persons, 1)
        ],
    )
    return Lines(group, homes[0], persons)


def _cells(entity: EntityBlock, columns: dict[str, bool]) -> Iterator[str]:
    yield entity.id
    for name, is_point in columns.items():
        text = entity.properties.get(name, "").strip()
        if not is_point:
            yield text
            continue
        parts = [*text.split(), "", "", "", ""]
        yield from (parts[place] for place in _POINT.values())
