"""The variable dictionary for machines: the names and codes they read and write."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gwa.common.api.answers import answer
from gwa.common.api.door import Bearer
from gwa.common.api.errors import NotFound
from gwa.common.api.values import VariableName
from gwa.journal.actions import record
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary, shown_version
from gwa.variables.schemas import DictionaryOut, VariableOut

READ = Bearer("variables.read_dictionary")
Number = Annotated[
    int | None,
    Query(ge=1, le=32767, description="Number of a version; none: the one in service."),
]
router = Router(tags=["variables"])


def _version(number: int | None) -> DictionaryVersion:
    found = (
        shown_version()
        if number is None
        else DictionaryVersion.objects.filter(number=number).first()
    )
    if found is None:
        raise NotFound
    return found


@router.get("/variables", auth=READ, response=DictionaryOut)
def list_variables(request: HttpRequest, version: Number = None) -> HttpResponse:
    """Read a whole version of the dictionary."""
    found = _version(version)
    dictionary = read_dictionary(found)
    rows = len(dictionary.variables)
    record("variables.listed", actor=request.actor, subject=found, data={"rows": rows})  # type: ignore[attr-defined]
    return answer(request, DictionaryOut.of(found, dictionary))


@router.get("/variables/{name}", auth=READ, response=VariableOut)
def read_variable(
    request: HttpRequest, name: Annotated[VariableName, Path()], version: Number = None
) -> HttpResponse:
    """Read one variable."""
    found = _version(version)
    variable = read_dictionary(found).by_name.get(name)
    if variable is None:
        raise NotFound
    record("variables.read", actor=request.actor, subject=found, data={"variable": name})  # type: ignore[attr-defined]
    return answer(request, VariableOut.of(variable))
