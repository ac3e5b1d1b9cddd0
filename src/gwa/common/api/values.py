"""Kinds of values that requests and answers share."""

import datetime as dt
from enum import Enum
from typing import Annotated, TypeAlias, cast

from django.db.models import TextChoices
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

# PostgreSQL holds no NUL, and no name has a control character.
_PLAIN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F]*$"
_SAYS_SOMETHING = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F]*[^\x00-\x20][^\x00-\x08\x0B\x0C\x0E-\x1F]*$"


class Body(BaseModel):
    """What a machine sends: a name that is not known is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid")


def _plain(*, least: int = 0, most: int) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most, pattern=_PLAIN)


Name: TypeAlias = Annotated[str, _plain(least=1, most=120)]
OtherName: TypeAlias = Annotated[str, _plain(most=120)]
Address: TypeAlias = Annotated[str, _plain(most=200)]
Phone: TypeAlias = Annotated[str, _plain(most=40)]
Number: TypeAlias = Annotated[str, _plain(least=1, most=60)]
Note: TypeAlias = Annotated[str, _plain(most=500)]
Reason: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=3, max_length=500, pattern=_SAYS_SOMETHING),
    Field(description="Why; it stays in the journal and in the household's history."),
]
ZoneCode: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_.\-]+$"),
    Field(description="Code of a zone, for example `0501`."),
]
OptionalZoneCode: TypeAlias = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_.\-]*$"),
    Field(description="Code of a zone: rows of that zone and those below. Empty: all of yours."),
]


def _recent(instant: dt.datetime) -> dt.datetime:
    if instant.year < 2000 or instant.year > 2200:
        raise PydanticCustomError("too_old", "not before 2000")
    return instant


Since: TypeAlias = Annotated[
    AwareDatetime,
    AfterValidator(_recent),
    Field(description="An instant with its time zone: `2026-11-22T10:00:00Z`. Not before 2000."),
]
AnswerValue: TypeAlias = (
    bool
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]
    | Note
    | Annotated[list[Note], Field(max_length=100)]
    | None
)
VariableName: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=63, pattern=r"^[a-z][a-z0-9_]*$")
]
Answers: TypeAlias = Annotated[
    dict[VariableName, AnswerValue],
    Field(
        max_length=500,
        description="Answers by variable name, as `/variables` describes them; null: not known.",
    ),
]


def enum_of(choices: type[TextChoices], name: str) -> type[Enum]:
    """Return the codes of a model's choices as an enumeration of the document."""
    codes = {value: value for value in choices.values}
    return cast("type[Enum]", Enum(name, codes, type=str))
