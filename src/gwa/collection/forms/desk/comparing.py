"""Two keyings of one paper form, answer by answer, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from gwa.collection.forms.desk.members import MemberForm
from gwa.collection.forms.desk.sheet import Sheet
from gwa.common.text import fold

# What a clerk does not read on the paper.
_NOT_ON_PAPER = frozenset({"source_kind", "counted", "person"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that the two clerks did not read alike."""

    who: str
    label: str
    first: str
    second: str


def compare_keyings(first: Sheet, second: Sheet) -> list[Difference]:
    """List what differs; members are compared line by line, as the paper has them."""
    found = [*_differ("", first.place, second.place)]
    lines = max(len(first.members), len(second.members))
    for number in range(lines):
        found += _compare_lines(first, second, number)
    return [
        *found,
        *_differ("", first.household, second.household),
        *_differ("", first.closing, second.closing),
    ]


def _compare_lines(first: Sheet, second: Sheet, number: int) -> Iterator[Difference]:
    one, other = _line(first, number), _line(second, number)
    if one is None or other is None:
        here, absent = (one or other), _("ligne absente")
        name = here.name if here else ""
        yield Difference(
            _("Ligne %(number)s") % {"number": number + 1},
            _("Membre"),
            name if one else absent,
            name if other else absent,
        )
        return
    who = one.name or other.name
    yield from _differ(who, one, other)
    if one.known is None and other.known is None:
        yield from _differ(who, first.person(one), second.person(other))


def _line(sheet: Sheet, number: int) -> MemberForm | None:
    return sheet.members[number] if number < len(sheet.members) else None


def _differ(who: str, one: forms.Form, other: forms.Form) -> Iterator[Difference]:
    for name in dict.fromkeys([*one.fields, *other.fields]):
        if name in _NOT_ON_PAPER:
            continue
        told, again = _say(one, name), _say(other, name)
        if fold(told) != fold(again):
            field = one.fields.get(name) or other.fields[name]
            yield Difference(who, str(field.label or name), told, again)


def _say(form: forms.Form, name: str) -> str:
    """Write what was typed as people read it."""
    if name not in form.fields:
        return ""
    value = form[name].value()
    values = value if isinstance(value, list | tuple) else [value]
    words = dict(_choices(form.fields[name]))
    return ", ".join(
        words.get(str(one), str(one)).strip() for one in values if one not in (None, "")
    )


def _choices(field: forms.Field) -> Iterator[tuple[str, str]]:
    for code, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(words)) for inner, words in label)
        elif code not in (None, ""):
            yield str(code), str(label)
