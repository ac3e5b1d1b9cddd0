"""What the expressions of a form look at: the interview, the lists, the day."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from gwa.questionnaires.xform.checking.choices import name_choice
from gwa.questionnaires.xform.definitions import Form, ItemList, Texts
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.xpath.world import World

Kind = TypeVar("Kind", bound=World)


def see_world(
    form: Form,
    document: Node,
    *,
    today: dt.date,
    lists: Mapping[str, ItemList],
    now: dt.datetime | None = None,
    zone: dt.tzinfo | None = None,
    kind: type[Kind],
) -> Kind:
    """Open the world of an interview, with the rows of the files that the form names."""
    known = {**form.lists_by_name, **lists}
    language = form.languages[0]
    return kind(
        document=document,
        today=today,
        now=now,
        zone=zone or dt.UTC,
        lists={name: one.document for name, one in known.items() if _is_here(one, lists)},
        texts={name: _in_language(texts, language) for name, texts in form.texts.items()},
        version=form.version,
        name_choice=lambda node, code: name_choice(known, language, node, code),
    )


def _is_here(one: ItemList, lists: Mapping[str, ItemList]) -> bool:
    return one.content is not None or one.name in lists


def _in_language(texts: Texts, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")
