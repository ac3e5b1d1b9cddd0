"""The variable dictionary as machines read it."""

from decimal import Decimal

from pydantic import BaseModel, Field

from gwa.variables.models import DictionaryVersion
from gwa.variables.rules.definitions import (
    Dictionary,
    Level,
    Storage,
    ValueType,
    VariableDefinition,
)


class ChoiceOut(BaseModel):
    """One possible answer."""

    code: str
    labels: dict[str, str]


class VariableOut(BaseModel):
    """One variable: what it means and the values it takes."""

    name: str
    section: str
    level: Level
    type: ValueType
    storage: Storage = Field(
        description="`registry`: a field of the object itself; `answers`: inside `answers`."
    )
    labels: dict[str, str]
    unit: dict[str, str]
    choices: list[ChoiceOut]
    minimum: float | None
    maximum: float | None
    decimals: int
    is_sensitive: bool = Field(description="Read only with `registry.read_sensitive`.")
    from_age: int | None
    to_age: int | None

    @classmethod
    def of(cls, variable: VariableDefinition) -> "VariableOut":
        """Tell of a variable."""
        return cls(
            name=variable.name,
            section=variable.section,
            level=variable.level,
            type=variable.type,
            storage=variable.storage,
            labels=dict(variable.labels),
            unit=dict(variable.unit),
            choices=[ChoiceOut(code=one.code, labels=dict(one.labels)) for one in variable.choices],
            minimum=_number(variable.minimum),
            maximum=_number(variable.maximum),
            decimals=variable.decimals,
            is_sensitive=variable.sensitive,
            from_age=variable.from_age,
            to_age=variable.to_age,
        )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


class DictionaryOut(BaseModel):
    """One version of the dictionary, whole: it has some hundreds of variables."""

    version: int = Field(description="Give it back as `dictionary_version` with answers.")
    status: str
    items: list[VariableOut]

    @classmethod
    def of(cls, version: DictionaryVersion, dictionary: Dictionary) -> "DictionaryOut":
        """Tell of every variable of a version, in the order of the questionnaire."""
        return cls(
            version=version.number,
            status=version.status,
            items=[VariableOut.of(variable) for variable in dictionary.variables],
        )
