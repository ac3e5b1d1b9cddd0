"""What a form reads of a list: a telephone holds these columns, and no others."""

import re
from collections.abc import Iterator

from gwa.questionnaires.xform.definitions import Form

_NAME = re.compile(r"[\w-]+")


def columns_read(form: Form, name: str) -> frozenset[str]:
    """Return the words of all that a form computes from a list: its columns are among them."""
    return frozenset(word for text in _readings(form, name) for word in _NAME.findall(text))


def _readings(form: Form, name: str) -> Iterator[str]:
    mark = re.compile(rf"""instance\(\s*['"]{re.escape(name)}['"]\s*\)""")
    for one in form.questions:
        if one.choice_list == name:
            yield one.choice_filter
    yield from (text for text in _expressions(form) if mark.search(text))


def _expressions(form: Form) -> Iterator[str]:
    for one in form.questions:
        yield from (one.relevant, one.required, one.constraint, one.calculation, one.default)
        yield one.choice_filter
    for group in form.groups:
        yield from (group.relevant, group.count)
    for entity in form.entities:
        yield from (entity.id, entity.create_if, entity.update_if, entity.label)
