"""What the browser sends while a form is being typed."""

import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from gwa.common.drafts import Fields

# A step of the desk with thirty members is well below it.
_MOST_BYTES = 200_000


def read_fields(request: HttpRequest) -> Fields | None:
    """Return the fields of a form as the browser sends them, or None when they are not that."""
    try:
        fields = json.loads(request.body) if len(request.body) <= _MOST_BYTES else None
    except (ValueError, RequestDataTooBig):
        return None
    if not isinstance(fields, dict):
        return None
    is_sound = all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in fields.values()
    )
    return fields if is_sound else None
