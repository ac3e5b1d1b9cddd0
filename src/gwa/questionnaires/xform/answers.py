"""Is an answer of the type that its question asks for? As phones write them, and no other way."""

import datetime as dt
import re
from collections.abc import Callable

from gwa.questionnaires.xform.definitions import FILES, Kind, Question
from gwa.questionnaires.xform.xpath.functions.places import read_point, read_points
from gwa.questionnaires.xform.xpath.values import read_moment

_INTEGER = re.compile(r"-?\d+", re.ASCII)
_DECIMAL = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_TIME = re.compile(r"(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[-+]\d\d:?\d\d)?", re.ASCII)
_FILE = re.compile(r"[^/\\\x00-\x1f]+")
# The whole numbers that phones hold.
_LARGEST = 2**31


def _is_integer(text: str) -> bool:
    return bool(_INTEGER.fullmatch(text)) and len(text) < 12 and -_LARGEST <= int(text) < _LARGEST


def _is_decimal(text: str) -> bool:
    return bool(_DECIMAL.fullmatch(text))


def _is_date(text: str) -> bool:
    return len(text) == 10 and read_moment(text, dt.UTC) is not None


def _is_moment(text: str) -> bool:
    return "T" in text and read_moment(text, dt.UTC) is not None


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    return found is not None and read_moment(f"1970-01-01T{found[1]}", dt.UTC) is not None


def _is_trace(text: str) -> bool:
    points = read_points(text)
    return points is not None and len(points) >= 2


def _is_shape(text: str) -> bool:
    points = read_points(text)
    return points is not None and len(points) >= 3 and points[0] == points[-1]


def _is_file(text: str) -> bool:
    """Tell a plain file name: no folder, nothing hidden."""
    return bool(_FILE.fullmatch(text)) and not text.startswith(".")


def _is_boolean(text: str) -> bool:
    return text in ("true", "false", "1", "0")


_IS_TYPE: dict[str, Callable[[str], bool]] = {
    "int": _is_integer,
    "integer": _is_integer,
    "decimal": _is_decimal,
    "boolean": _is_boolean,
    "date": _is_date,
    "time": _is_time,
    "dateTime": _is_moment,
    "geopoint": lambda text: read_point(text) is not None,
    "geotrace": _is_trace,
    "geoshape": _is_shape,
    "binary": _is_file,
}


def find_type(question: Question) -> Callable[[str], bool] | None:
    """Return what tells whether an answer is of the question's type; None where any text is."""
    if question.kind == Kind.ACKNOWLEDGE:
        return lambda text: text.upper() == "OK"
    if question.kind in FILES:
        return _is_file
    return _IS_TYPE.get(question.data_type)


def name_type(question: Question) -> str:
    """Name the type that an answer should have."""
    is_of_kind = question.kind == Kind.ACKNOWLEDGE or question.kind in FILES
    return str(question.kind) if is_of_kind else question.data_type
