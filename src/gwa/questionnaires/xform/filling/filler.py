"""Walk through a form as an enumerator does, and answer each question that it asks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import count
from typing import TypeAlias
from uuid import UUID, uuid5

from gwa.questionnaires.xform.checking.choices import list_offered
from gwa.questionnaires.xform.checking.worlds import see_world
from gwa.questionnaires.xform.definitions import (
    FILES,
    Choice,
    Form,
    ItemList,
    Kind,
    Question,
)
from gwa.questionnaires.xform.filling.drawing import draw_answers
from gwa.questionnaires.xform.filling.teller import Asked, Filled, Teller
from gwa.questionnaires.xform.filling.writing import write_filled
from gwa.questionnaires.xform.instance import settle
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.plan import Place, Rule, plan_form
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.values import CannotTell, Value
from gwa.questionnaires.xform.xpath.world import Context, World, is_true

# Rounds of a repeat that says no number, where nobody wants another; and further than any form.
_ROUNDS, _MOST_ROUNDS = 2, 100
Tree: TypeAlias = "dict[str, Tree]"


def fill_form(
    form: Form,
    teller: Teller,
    *,
    instance_id: UUID,
    started: dt.datetime,
    ended: dt.datetime,
    lists: Mapping[str, ItemList],
) -> Filled:
    """Answer a form between two instants. The same `instance_id` gives the same ids to entities."""
    document = Node("")
    root = Node(form.root, parent=document)
    settle(root, plan_form(form).root)
    filler = _Filler(form, teller, instance_id, {"start": started, "end": ended})
    filler.lists = lists
    filler.world = see_world(
        form, document, today=ended.date(), now=ended, lists=lists, zone=ended.tzinfo, kind=_Live
    )
    filler.world.filler = filler
    filler.fill_below(root, _order(form), ())
    xml = write_filled(form, filler, root, _order(form))
    return Filled(xml, tuple(filler.told), tuple(filler.unanswered))


def _order(form: Form) -> Tree:
    """The names below the root as the form has them, one below the other."""
    tree: Tree = {}
    for question in form.questions:
        below = tree
        for name in question.path:
            below = below.setdefault(name, {})
    return tree


class _Live(World):
    """An interview that grows: what is computed is computed again after each answer."""

    filler: "_Filler"

    def read(self, node: Node) -> str:
        """Give the value of an element as it stands now."""
        return node.text if node.place is None else self.filler.value_of(node)


class _Filler:
    """Fills one interview."""

    world: _Live
    lists: Mapping[str, ItemList]

    def __init__(
        self, form: Form, teller: Teller, instance_id: UUID, times: Mapping[str, dt.datetime]
    ) -> None:
        self.form, self.teller = form, teller
        self.instance_id, self.times = instance_id, times
        self.ids = count(1)
        self.told: list[Asked] = []
        self.unanswered: list[str] = []
        # What is known until the next answer, by the address of the element.
        self.values: dict[int, str] = {}
        self.asked: dict[int, bool] = {}

    def value_of(self, node: Node) -> str:
        known = self.values.get(id(node))
        if known is None:
            # What comes back to itself finds what it was: so `once` keeps it.
            self.values[id(node)] = node.text
            known = self.values[id(node)] = self._compute(node) if self.is_asked(node) else ""
        return known

    def _compute(self, node: Node) -> str:
        question: Question | None = node.place.question
        if question is None or not question.calculation:
            return node.text
        try:
            value = compile_text(question.calculation)(Context(self.world, node))
            node.text = self._write(question, value)
        except CannotTell:
            if "uuid()" in question.calculation and not node.text:
                node.text = self.new_id()
        return node.text

    def new_id(self) -> str:
        return str(uuid5(self.instance_id, str(next(self.ids))))

    def _write(self, question: Question, value: Value) -> str:
        text = self.world.text(value)
        return text.partition(".")[0] if question.data_type in ("int", "integer") else text

    def is_asked(self, node: Node) -> bool:
        place: Place = node.place
        if not place.may_be_irrelevant:
            return True
        known = self.asked.get(id(node))
        if known is None:
            self.asked[id(node)] = True
            parent = node.parent
            is_inside = parent is None or parent.place is None or self.is_asked(parent)
            known = self.asked[id(node)] = is_inside and self._holds(place.relevant, node)
        return known

    def _holds(self, rule: Rule | None, node: Node) -> bool:
        """Tell whether a rule holds; one that nobody can tell does."""
        if rule is None:
            return True
        try:
            return is_true(rule.evaluate(Context(self.world, node)))
        except CannotTell:
            return True

    def forget(self) -> None:
        """Let everything be computed again."""
        self.values.clear()
        self.asked.clear()

    def fill_below(self, node: Node, tree: Tree, numbers: tuple[int, ...]) -> None:
        """Answer what is below an element, in the order of the form."""
        place: Place = node.place
        for name, below in tree.items():
            child = place.children[name]
            if child.is_repeat:
                self._fill_rounds(node, child, below, numbers)
                continue
            found = node.named(name)[0]
            if not self.is_asked(found):
                continue
            if child.question is None:
                self.fill_below(found, below, numbers)
            else:
                self._fill(found, child, child.question, numbers)

    def _fill_rounds(
        self, parent: Node, repeat: Place, tree: Tree, numbers: tuple[int, ...]
    ) -> None:
        for number in count(1):
            if number > self._count(parent, repeat) or number > _MOST_ROUNDS:
                return
            found = Node(repeat.path[-1], parent=parent)
            settle(found, repeat)
            self.world.found.clear()
            self.forget()
            if not self.is_asked(found):
                parent.drop([found])
                self.world.found.clear()
                return
            self.fill_below(found, tree, (*numbers, number))

    def _count(self, parent: Node, repeat: Place) -> int:
        if repeat.count is None:
            wanted = self.teller.rounds(repeat.path)
            return _ROUNDS if wanted is None else wanted
        where = Node(repeat.path[-1])
        where.parent = parent
        try:
            told = self.world.number(repeat.count.evaluate(Context(self.world, where)))
        except CannotTell:
            return _ROUNDS
        return int(told) if 0 <= told <= _MOST_ROUNDS else 0

    def _fill(self, node: Node, place: Place, question: Question, numbers: tuple[int, ...]) -> None:
        if question.preload:
            self._put(node, self._preloaded(question))
        if question.path == ("meta", "instanceID"):
            self._put(node, f"uuid:{self.instance_id}")
        if question.kind == Kind.NOTE:
            self.told.append(Asked(question))
        if question.kind in (Kind.HIDDEN, Kind.NOTE) or question.is_readonly:
            return
        self._ask(node, place, question, numbers)

    def _ask(self, node: Node, place: Place, question: Question, numbers: tuple[int, ...]) -> None:
        """Try answers until the form takes one."""
        offered = None if place.choices is None else self._offered(node, place, question)
        self.told.append(Asked(question, len(offered or ())))
        is_required = place.required is not None and self._holds(place.required, node)
        may_be_blank = not is_required or question.kind in FILES
        wanted = self.teller.answer(question, numbers)
        tried = self._candidates(question, offered, wanted, is_required=is_required)
        for answer in tried:
            self._put(node, answer)
            if self._is_taken(node, place, question, offered) if answer else may_be_blank:
                return
        self._put(node, "")
        if not may_be_blank:
            self.unanswered.append(_where(question, numbers, self.form))

    def _preloaded(self, question: Question) -> str:
        moment = self.times.get(question.preload)
        if moment is not None:
            return moment.isoformat(timespec="milliseconds")
        return self.times["start"].date().isoformat() if question.preload == "today" else ""

    def _candidates(
        self,
        question: Question,
        offered: list[str] | None,
        wanted: str | None,
        *,
        is_required: bool,
    ) -> list[str]:
        """What to try, what is wanted first; a file comes with an interview or not at all."""
        if wanted is None and question.default:
            wanted = question.default
        first = [] if wanted is None else [wanted]
        if question.kind in FILES:
            return first or [""]
        is_left = not is_required and (wanted == "" or (wanted is None and offered is None))
        drawn = draw_answers(question, offered, self.times["start"].date())
        return [*first, *([""] if is_left else drawn)]

    def _offered(self, node: Node, place: Place, question: Question) -> list[str]:
        """The codes offered here, in the order of the form; none where nobody can tell."""
        assert place.choices is not None  # noqa: S101 (the caller looked)
        try:
            codes = list_offered(self.world, place.choices, question, Context(self.world, node))
        except CannotTell:
            return []
        order = {choice.code: number for number, choice in enumerate(self._listed(question))}
        return sorted(codes, key=lambda code: (order.get(code, 0), code))

    def _listed(self, question: Question) -> Sequence[Choice]:
        one = self.lists.get(question.choice_list)
        return self.form.choices_of(question) or (() if one is None else one.choices)

    def _is_taken(
        self, node: Node, place: Place, question: Question, offered: list[str] | None
    ) -> bool:
        answer = node.text
        if place.is_type is not None and not place.is_type(answer):
            return False
        codes = [answer] if question.kind == Kind.SELECT_ONE else answer.split()
        if offered is not None and not {*codes} <= {*offered}:
            return False
        return self._holds(place.constraint, node)

    def _put(self, node: Node, text: str) -> None:
        if node.text != text:
            node.text = text
            self.forget()


def _where(question: Question, numbers: tuple[int, ...], form: Form) -> str:
    """Write a place with its rounds: `members[2]/age`."""
    left = list(numbers)
    parts = []
    for depth, name in enumerate(question.path, 1):
        group = form.groups_by_path.get(question.path[:depth])
        is_repeat = group is not None and group.is_repeat
        parts.append(f"{name}[{left.pop(0)}]" if is_repeat else name)
    return "/".join(parts)
