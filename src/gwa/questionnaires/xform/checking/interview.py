"""Walk through an interview, and see at each place what the form says of it."""

import datetime as dt
from collections.abc import Mapping

from gwa.questionnaires.xform.answers import name_type
from gwa.questionnaires.xform.checking.calculations import is_same
from gwa.questionnaires.xform.checking.choices import list_refused
from gwa.questionnaires.xform.checking.violations import Violation, ViolationKind, note
from gwa.questionnaires.xform.checking.worlds import see_world
from gwa.questionnaires.xform.definitions import Form, ItemList, Question, Texts
from gwa.questionnaires.xform.instance import Instance
from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.plan import Choices, Place, Rule
from gwa.questionnaires.xform.xpath.values import CannotTell, ListMissing, Value
from gwa.questionnaires.xform.xpath.world import Context, World, is_true

# A condition on an answer that hangs on a condition, and so on: further than any form goes.
_MOST_CONDITIONS = 40


def check_instance(
    form: Form,
    instance: Instance,
    *,
    today: dt.date,
    lists: Mapping[str, ItemList],
    now: dt.datetime | None = None,
    zone: dt.tzinfo = dt.UTC,
) -> list[Violation]:
    """List all that an interview violates: what refuses it, and what only warns.

    `today` is the day of the interview, `lists` the rows of the files that the form names.
    Nothing is refused for what cannot be told: a list that is missing, an hour that nobody gives.
    """
    checker = _Checker(form)
    checker.world = see_world(
        form, instance.document, today=today, lists=lists, now=now, zone=zone, kind=World
    )
    checker.world.settle = checker.settle
    checker.context = Context(checker.world, instance.document)
    checker.check(instance.document.children[0])
    checker.tell_missing()
    return checker.violations


class _Checker:
    """Goes through one interview and collects what it violates."""

    world: World
    # One context for all answers, one after the other.
    context: Context

    def __init__(self, form: Form) -> None:
        self.form = form
        self.violations: list[Violation] = []
        self.missing: dict[str, None] = {}
        # Elements of which nobody can tell whether they should have been asked.
        self.untold: set[int] = set()
        self.conditions = 0

    def check(self, node: Node) -> None:
        """Check an element and what is below it."""
        place: Place | None = node.place
        if place is None:
            self.note_stranger(node)
        elif not (node.is_relevant or self.settle(node)):
            self.refuse_answers(node, place.relevant)
        elif place.question is not None:
            self.check_answer(node, place, place.question)
        else:
            self.check_counts(node, place)
            for child in node.children:
                self.check(child)

    def settle(self, node: Node) -> bool:
        """Decide whether an element is asked: its group is, and its own condition holds."""
        if node.is_relevant is not None:
            return node.is_relevant
        rule: Rule | None = node.place.relevant
        # A condition that comes back to itself counts as asked; so do phones, the first time.
        node.is_relevant = True
        parent = node.parent
        if parent is not None and not (parent.is_relevant or self.settle(parent)):
            node.is_relevant = False
            return False
        if self.untold and id(parent) in self.untold:
            self.untold.add(id(node))
        if rule is not None:
            value = self.tell_condition(rule, Context(self.world, node))
            if value is None:
                self.untold.add(id(node))
            else:
                node.is_relevant = is_true(value)
        return node.is_relevant

    def tell_condition(self, rule: Rule, context: Context) -> Value | None:
        self.conditions += 1
        try:
            return self.tell(rule, context) if self.conditions < _MOST_CONDITIONS else None
        finally:
            self.conditions -= 1

    def tell(self, rule: Rule, context: Context) -> Value | None:
        """Evaluate an expression of the form; None where nobody can tell."""
        try:
            return rule.evaluate(context)
        except CannotTell as told:
            self.remember_missing(told)
        return None

    def holds(self, rule: Rule, context: Context) -> bool | None:
        """Tell whether a rule holds; None where nobody can tell."""
        value = self.tell(rule, context)
        return None if value is None else is_true(value)

    def remember_missing(self, told: CannotTell) -> None:
        if isinstance(told, ListMissing):
            self.missing[told.name] = None

    def note(
        self, kind: ViolationKind, node: Node, what: str = "", messages: Texts | None = None,
        rule: Rule | None = None,
    ) -> None:  # fmt: skip
        is_doubtful = rule is not None and rule.is_doubtful
        self.violations.append(note(kind, node, what, messages, is_doubtful=is_doubtful))

    def note_stranger(self, node: Node) -> None:
        """Note what the form does not ask, or asks once; `meta` belongs to phones."""
        parent = node.parent
        if node.name == "meta" or parent is None or parent.name == "meta":
            return
        is_known = parent.place is not None and node.name in parent.place.children
        kind = ViolationKind.GIVEN_TWICE if is_known else ViolationKind.UNKNOWN_PLACE
        self.note(kind, node, node.text)

    def refuse_answers(self, node: Node, rule: Rule | None) -> None:
        for below in node.walk():
            if below.text and not below.children:
                self.note(ViolationKind.NOT_RELEVANT, below, below.text, rule=rule)

    def check_answer(self, node: Node, place: Place, question: Question) -> None:
        """Check an answer: it is there, of its type, offered, within bounds, as computed."""
        context = self.context
        context.node = context.current = node
        text = node.text
        if not text:
            if place.required is not None and self.holds(place.required, context):
                self.note_absence(node, place.required, question)
        elif place.is_type is not None and not place.is_type(text):
            self.note(ViolationKind.TYPE, node, name_type(question))
        else:
            if place.choices is not None:
                self.check_choice(node, place.choices, question, context)
            if place.constraint is not None and self.holds(place.constraint, context) is False:
                messages = question.constraint_messages
                self.note(ViolationKind.CONSTRAINT, node, text, messages, place.constraint)
        if place.calculation is not None:
            value = self.tell(place.calculation, context)
            if value is not None and not is_same(self.world, question, text, value):
                self.note(ViolationKind.CALCULATION, node, self.world.text(value))

    def note_absence(self, node: Node, rule: Rule, question: Question) -> None:
        if id(node) not in self.untold:
            self.note(ViolationKind.REQUIRED, node, "", question.required_messages, rule)

    def check_choice(
        self, node: Node, choices: Choices, question: Question, context: Context
    ) -> None:
        try:
            for code in list_refused(self.world, choices, question, context):
                self.note(ViolationKind.NOT_A_CHOICE, node, code, rule=choices.rule)
        except CannotTell as told:
            self.remember_missing(told)

    def check_counts(self, node: Node, place: Place) -> None:
        """Check that there are as many rounds as the form says, where it says it."""
        for name, repeat in place.children.items():
            if repeat.count is None:
                continue
            rounds = node.named(name)
            value = self.tell(repeat.count, Context(self.world, _first(node, rounds, repeat)))
            if value is None or (not rounds and repeat.may_be_irrelevant):
                continue
            number = self.world.number(value)
            wanted = int(number) if 0 <= number < 1e9 else 0
            if wanted != len(rounds):
                self.note(ViolationKind.COUNT, _first(node, rounds, repeat), str(wanted))

    def tell_missing(self) -> None:
        """Tell which lists were wanted; what a phone remembers of the last interview never is."""
        root = self.world.document
        for name in self.missing:
            one = self.form.lists_by_name.get(name)
            if one is None or not one.source.startswith("jr://instance"):
                self.note(ViolationKind.LIST_MISSING, root, name)


def _first(node: Node, rounds: list[Node], repeat: Place) -> Node:
    """Return the first round, or where it would be."""
    if rounds:
        return rounds[0]
    absent = Node(repeat.path[-1])
    absent.parent = node
    return absent
