"""What an XForm asks, as frozen values that every reader of interviews shares.

A path is the place of a question below the root of the form's instance: `("members", "name")`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from gwa.questionnaires.xform.markup import Node, Rows

Path: TypeAlias = tuple[str, ...]
Texts: TypeAlias = Mapping[str, str]
"""One text per language code of the form (`fr`, `bm`); `""` where the form names no language."""


class Kind(StrEnum):
    """What kind of answer a question takes; the names are those of XLSForm where it has one."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    BARCODE = "barcode"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    # Nobody sees it: a calculation, or what the phone fills in by itself (start, deviceid…).
    HIDDEN = "hidden"


FILES = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE})
"""The kinds whose answer is the name of a file that comes with the interview."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `filters` are the other columns of its row, for choice filters."""

    code: str
    labels: Texts
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One place of the instance that holds an answer. Expressions are XPath, empty where none.

    `repeat` is the path of the innermost repeat that it stands in, empty outside. `choice_list` is
    the instance that its choices come from (`instance('zones')`), empty where they are inline;
    `choice_filter` is the predicate in brackets. Choices that are not inline are the elements that
    `choice_nodes` gives, of which `choice_value` is the code: rows of a list, rounds of a repeat.
    `save_to` is the property of an entity it becomes. `data_type` is the type of its bind.
    """

    path: Path
    kind: Kind
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    choice_list: str = ""
    choice_filter: str = ""
    choice_nodes: str = ""
    choice_value: str = "name"
    relevant: str = ""
    required: str = ""
    constraint: str = ""
    calculation: str = ""
    is_readonly: bool = False
    default: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    required_messages: Texts = field(default_factory=dict)
    repeat: Path = ()
    save_to: str = ""
    data_type: str = "string"
    # What the telephone fills in by itself: start, end, today, deviceid…
    preload: str = ""

    @property
    def name(self) -> str:
        """The last part of the path, as the XLSForm names the question."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Group:
    """A group or a repeat: what it is called, and when it is asked."""

    path: Path
    labels: Texts = field(default_factory=dict)
    appearance: str = ""
    relevant: str = ""
    is_repeat: bool = False
    # How many times it is asked, where the form says it (`jr:count`).
    count: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """What an interview makes or changes: a row of an entity list (`menages`, `personnes`).

    `repeat` is the repeat each of whose rounds is one entity, empty for the whole interview.
    """

    dataset: str
    path: Path
    repeat: Path = ()
    id: str = ""
    create_if: str = ""
    update_if: str = ""
    label: str = ""


@dataclass(frozen=True)
class ItemList:
    """A secondary instance. `source` is the address of its file (`jr://file-csv/zones.csv`).

    `content` is its tree where the form itself holds it, in whatever shape the form gives it.
    """

    name: str
    source: str = ""
    choices: tuple[Choice, ...] = ()
    content: Node | None = None

    @cached_property
    def document(self) -> Node:
        """Give the node above its root, made of the choices where they come from a file."""
        if self.content is not None:
            return self.content
        document = Node("")
        root = Rows("root", document)
        for choice in self.choices:
            row = Node("item", parent=root)
            label = next(iter(choice.labels.values()), "")
            for name, text in {"name": choice.code, "label": label, **choice.filters}.items():
                Node(name, text, row)
        return document


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form. `languages` are in the form's order, the default first.

    `texts` are all that it translates, by their name in the form. Two forms are the same only where
    they are one object, so that what is compiled for it can be kept with it.
    """

    form_id: str
    version: str
    title: str
    root: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    lists: tuple[ItemList, ...] = ()
    entities: tuple[Entity, ...] = ()
    entities_version: str = ""
    texts: Mapping[str, Texts] = field(default_factory=dict)

    @cached_property
    def by_path(self) -> Mapping[Path, Question]:
        """Index the questions by their place."""
        return {question.path: question for question in self.questions}

    @cached_property
    def groups_by_path(self) -> Mapping[Path, Group]:
        """Index groups and repeats by their place."""
        return {group.path: group for group in self.groups}

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """List the answers to choose from that the form itself holds, in its order."""
        one = self.lists_by_name.get(question.choice_list)
        return question.choices or (() if one is None else one.choices)

    @cached_property
    def lists_by_name(self) -> Mapping[str, ItemList]:
        """Index the secondary instances by name."""
        return {one.name: one for one in self.lists}
