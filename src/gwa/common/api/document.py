"""The OpenAPI 3.1 document: what every operation may answer besides its own result."""

from collections.abc import Iterable
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from gwa.common.api.door import Bearer
from gwa.common.api.problems import MEDIA_TYPE, Problem

SCHEME = "machine"
PREFIX = "/api/v1/"
_PROBLEMS = {
    "400": "The request cannot be read, or lacks its `Idempotency-Key`.",
    "401": "No valid token.",
    "403": "The machine has not the right, or not that zone.",
    "404": "Nothing of that name in the machine's zones.",
    "405": "The address does not take this verb.",
    "406": "Answers are JSON.",
    "409": "The registry's state forbids it: closed, merged, already there, or busy.",
    "412": "The object changed since it was read.",
    "413": "The body is too large.",
    "415": "The body is not of the expected type.",
    "422": "Values refused: `errors` says which.",
    "428": "`If-Match` is missing.",
    "429": "Too many calls: wait `Retry-After` seconds.",
}
_OF_ALL = ("405", "406", "429")
_OF_MACHINES = ("400", "401", "403", "404", "422")
_OF_WRITES = ("409", "413", "415")
_HEADERS = {
    "X-Request-Id": {
        "description": "The number of the call in the registry's journal.",
        "schema": {"type": "string", "format": "uuid"},
    },
    "ETag": {"description": "The state of the object.", "schema": {"type": "string"}},
    "Location": {"description": "Where the object is.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to sign in.", "schema": {"type": "string"}},
}


class DocumentedAPI(NinjaAPI):
    """An API whose document says how it refuses and what each operation asks."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the plain name of the operation: clients are generated from it."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> Any:  # noqa: ANN401 (ninja's own signature)
        """Complete the document that ninja makes."""
        document = super().get_openapi_schema(path_prefix=PREFIX)
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        components = document["components"]
        components["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
        components["headers"] = _HEADERS
        components["responses"] = {
            f"Problem{status}": _problem(status, text) for status, text in _PROBLEMS.items()
        }
        rights = self._complete(document["paths"])
        token_url = f"{PREFIX}token"
        flow = {"tokenUrl": token_url, "scopes": dict.fromkeys(sorted(rights), "")}
        for right in rights:
            flow["scopes"][right] = str(self.describe_right(right))  # type: ignore[index]
        components["securitySchemes"] = {
            SCHEME: {"type": "oauth2", "flows": {"clientCredentials": flow}}
        }
        return document

    def describe_right(self, right: str) -> str:
        """Say what a right opens; the module that knows all rights says it better."""
        return right

    def operations(self) -> Iterable[tuple[str, Operation]]:
        """Every operation with its path."""
        for router in self._get_bound_routers():
            for path, view in router.path_operations.items():
                for operation in view.operations:
                    yield path, operation

    def _complete(self, paths: dict[str, Any]) -> set[str]:
        """Add to each operation its refusals, its headers and its right; return the rights."""
        rights = {}
        for _path, operation in self.operations():
            for door in operation.auth_callbacks:
                if isinstance(door, Bearer):
                    rights[operation.view_func.__name__] = door.right
        for path in paths.values():
            for method, details in path.items():
                right = rights.get(details["operationId"])
                if right is not None:
                    details["security"] = [{SCHEME: [right]}]
                _describe_answers(method, details, is_for_machines=right is not None)
        return set(rights.values())


def _problem(status: str, description: str) -> dict[str, Any]:
    names = ["X-Request-Id"]
    names += {"401": ["WWW-Authenticate"], "429": ["Retry-After"]}.get(status, [])
    return {
        "description": description,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _describe_answers(method: str, details: dict[str, Any], *, is_for_machines: bool) -> None:
    answers = {str(status): content for status, content in details["responses"].items()}
    statuses = set(_OF_ALL)
    if is_for_machines:
        statuses |= set(_OF_MACHINES)
    if method != "get":
        statuses |= set(_OF_WRITES)
    names = {parameter["name"] for parameter in details.get("parameters", [])}
    if "If-Match" in names:
        statuses |= {"412", "428"}
    for status, content in answers.items():
        if status.startswith("2") and is_for_machines:
            content["headers"] = _headers_of(status, method, details)
    if method == "get" and "ETag" in answers["200"].get("headers", {}):
        answers["304"] = {"description": "The caller has this state already (`If-None-Match`)."}
    for status in sorted(statuses - answers.keys()):
        answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
    details["responses"] = answers


def _headers_of(status: str, method: str, details: dict[str, Any]) -> dict[str, Any]:
    is_page = details["operationId"].startswith("list_")
    names = ["X-Request-Id", *([] if is_page else ["ETag"])]
    names += ["Location"] if status == "201" else []
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
