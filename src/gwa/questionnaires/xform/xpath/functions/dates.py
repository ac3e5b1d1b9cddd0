"""Dates and times, in the phone's zone."""

import datetime as dt
import re
from functools import lru_cache

from gwa.questionnaires.xform.xpath.functions.table import Function, text_of
from gwa.questionnaires.xform.xpath.values import NAN, CannotTell, Moment, Value, read_moment
from gwa.questionnaires.xform.xpath.world import Context, Evaluate

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LOOSE_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[-+]\d\d:\d\d)?", re.ASCII)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_MARK = re.compile(r"%[YymnbdeaWHhMS3]")


def _now(context: Context) -> Moment:
    now = context.world.now
    if now is None:
        raise CannotTell("now()")
    return Moment(now.astimezone(context.world.zone))


def _to_moment(context: Context, value: Value) -> Moment | None:
    """Take a value for a date: days since 1970, or a date as it is written."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return _from_days(value, context.world.zone)
    found = _LOOSE_DAY.fullmatch(context.world.text(value))
    if found is None:
        return None
    year, month, day, rest = found.groups()
    return read_moment(f"{year}-{month:0>2}-{day:0>2}{rest or ''}", context.world.zone)


@lru_cache(maxsize=4096)
def _from_days(days: float, zone: dt.tzinfo) -> Moment | None:
    try:
        instant = _EPOCH + dt.timedelta(milliseconds=round(days * 86_400_000))
    except (OverflowError, ValueError):
        return None
    return Moment(instant.astimezone(zone))


def _date(context: Context, value: Evaluate) -> Value:
    found = value(context)
    moment = _to_moment(context, found)
    return moment if moment is not None else ""


def _decimal_date_time(context: Context, value: Evaluate) -> float:
    moment = _to_moment(context, value(context))
    return NAN if moment is None else float(moment)


def _decimal_time(context: Context, value: Evaluate) -> float:
    """Give the part of the day that has gone by."""
    text = text_of(context, value)
    if not _TIME.fullmatch(text):
        return NAN
    moment = read_moment(f"1970-01-01T{text}", context.world.zone)
    if moment is None:
        return NAN
    time = moment.instant.time()
    seconds = time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1_000_000
    return seconds / 86_400


def _format(context: Context, value: Evaluate, layout: Evaluate) -> str:
    moment = _to_moment(context, value(context))
    if moment is None:
        return ""
    instant = moment.instant
    return _MARK.sub(lambda mark: _write(instant, mark[0][1]), text_of(context, layout))


def _write(instant: dt.datetime, mark: str) -> str:
    match mark:
        case "n":
            return str(instant.month)
        case "e":
            return str(instant.day)
        case "h":
            return str(instant.hour)
        case "b":
            return _MONTHS[instant.month - 1]
        case "a":
            return _DAYS[instant.weekday()]
        case "3":
            return f"{instant.microsecond // 1000:03}"
        case "W":
            return str(instant.isocalendar().week)
        case "Y":
            return f"{instant.year:04}"
    return instant.strftime(f"%{mark}")


DATES = {
    "today": Function(0, 0, lambda context: context.world.midnight),
    "now": Function(0, 0, _now),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format),
    "format-date-time": Function(2, 2, _format),
}
