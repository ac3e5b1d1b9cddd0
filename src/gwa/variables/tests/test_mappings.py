"""Old answers pass to newer versions; checked on versions that nobody chose."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwa.variables.rules.answers import ProblemKind, check_answers
from gwa.variables.rules.comparison import compare
from gwa.variables.rules.mapping_text import read_mapping, read_output, write_output
from gwa.variables.rules.mappings import (
    CannotCompose,
    Change,
    Flag,
    MappingKind,
    Output,
    Recode,
    Scale,
    apply_mapping,
    compose,
    convert_answers,
    mapping_of,
)
from gwa.variables.tests.cast import ALL, LAND, ROOF, ROOMS, choices, dictionary, variable

CODES = ("a", "b", "c", "d")
FACTORS = st.sampled_from([Decimal(text) for text in ("0.01", "0.25", "3", "10000", "1")])


@st.composite
def drawn_variables(draw):
    """Draw a first version: variables of every type."""
    kinds = draw(st.lists(st.sampled_from([one.type for one in ALL]), min_size=1, max_size=6))
    return [
        variable(
            f"v{place}",
            kind,
            choices=choices(*CODES) if kind.startswith("choice") else (),
            decimals=2 if kind == "decimal" else 0,
        )
        for place, kind in enumerate(kinds)
    ]


class Evolution:
    """Draws what the committee did to each variable of a version."""

    def __init__(self, draw, prefix):
        self.draw, self.prefix, self.after, self.changes = draw, prefix, [], []

    def evolve(self, one):
        deeds = ["stay", "rename", "drop"]
        deeds += ["merge", "split", "flag"] if one.choices else []
        deeds += ["scale"] if one.type == "decimal" else []
        getattr(self, self.draw(st.sampled_from(deeds)))(one)

    def new(self, one, suffix="", **more):
        facts = {"choices": one.choices, "decimals": one.decimals, **more}
        made = variable(
            f"{self.prefix}{one.name}{suffix}",
            more.pop("type", one.type),
            **{name: fact for name, fact in facts.items() if name != "type"},
        )
        self.after.append(made)
        return made

    def change(self, kind, one, *outputs):
        self.changes.append(Change(kind, one.name, outputs))

    def stay(self, one):
        self.after.append(one)

    def rename(self, one):
        self.change(MappingKind.RENAMED, one, Output(self.new(one).name))

    def drop(self, one):
        self.change(MappingKind.DROPPED, one)

    def table(self, one):
        """Draw new codes for some of the old; the others stay as they are."""
        codes = one.codes()
        reached = st.sampled_from([*codes, None])
        return self.draw(st.dictionaries(st.sampled_from(codes), reached, min_size=1))

    def merge(self, one):
        self.after.append(one)
        self.change(MappingKind.MERGED_CHOICES, one, Output(one.name, Recode(self.table(one))))

    def split(self, one):
        outputs = [
            Output(self.new(one, suffix).name, Recode(self.table(one))) for suffix in ("x", "y")
        ]
        self.change(MappingKind.SPLIT, one, *outputs)

    def flag(self, one):
        codes = st.frozensets(st.sampled_from(one.codes()))
        yes = self.draw(codes)
        flag = Flag(yes, self.draw(codes) - yes)
        made = self.new(one, "f", type="boolean", choices=(), decimals=0)
        self.change(MappingKind.SPLIT, one, Output(made.name, flag))

    def scale(self, one):
        self.change(
            MappingKind.UNIT_CONVERTED, one, Output(self.new(one).name, Scale(self.draw(FACTORS)))
        )


@st.composite
def versions(draw, count):
    """Draw a first version, then `count` others, each with the mapping from the one before."""
    chain = [draw(drawn_variables())]
    mappings = []
    for place in range(count):
        evolution = Evolution(draw, "pqr"[place])
        for one in chain[-1]:
            evolution.evolve(one)
        chain.append(evolution.after)
        mappings.append(mapping_of(evolution.changes))
    return [dictionary(*found, number=n) for n, found in enumerate(chain, 1)], mappings


DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
VALUES = {
    "integer": st.integers(-5, 10**6),
    "decimal": st.decimals(-1000, 10**6, places=2).map(float),
    "boolean": st.booleans(),
    "date": DATES.map(lambda day: day.isoformat()),
    "year_month": DATES.map(lambda day: day.isoformat()[:7]),
    "text": st.text(alphabet="aé 1'", min_size=1, max_size=9).filter(lambda text: text.strip()),
    "choice": st.sampled_from(CODES),
    "choices": st.lists(st.sampled_from(CODES), unique=True),
}
ANYTHING = st.one_of(st.none(), *VALUES.values())


def answers_to(asked, *, wrong=False):
    """Draw answers to some variables of a version; with `wrong`, of any type at all."""
    return st.fixed_dictionaries(
        {}, optional={v.name: ANYTHING if wrong else VALUES[v.type] for v in asked.variables}
    )


@given(st.data())
def test_no_change_changes_nothing(data):
    (only,), _mappings = data.draw(versions(0))
    answers = data.draw(answers_to(only))
    assert apply_mapping(answers, {}) == answers
    conversion = convert_answers(answers, {}, only.household)
    assert conversion.answers == answers
    assert conversion.problems == []


@settings(max_examples=300)
@given(st.data())
def test_one_mapping_from_first_to_last_equals_passing_through_the_middle(data):
    (first, *_later), (one, two) = data.draw(versions(2))
    answers = data.draw(answers_to(first, wrong=data.draw(st.booleans())))
    assert apply_mapping(answers, compose(one, two)) == apply_mapping(
        apply_mapping(answers, one), two
    )


@given(st.data())
def test_the_order_in_which_mappings_are_composed_does_not_matter(data):
    (first, *_later), (one, two, three) = data.draw(versions(3))
    answers = data.draw(answers_to(first))
    left, right = compose(compose(one, two), three), compose(one, compose(two, three))
    assert apply_mapping(answers, left) == apply_mapping(answers, right)


@given(st.data())
def test_composing_with_no_change_changes_nothing(data):
    _versions, (mapping,) = data.draw(versions(1))
    assert compose(mapping, {}) == mapping
    assert compose({}, mapping) == mapping


@settings(max_examples=300)
@given(st.data())
def test_a_converted_answer_is_right_or_reported(data):
    (first, _middle, last), (one, two) = data.draw(versions(2))
    answers = data.draw(answers_to(first, wrong=data.draw(st.booleans())))
    mapping = compose(one, two)
    conversion = convert_answers(answers, mapping, last.household)
    assert check_answers(conversion.answers, last.household) == []
    reported = {problem.variable for problem in conversion.problems}
    for name, value in apply_mapping(answers, mapping).items():
        assert (name in conversion.answers) or (name in reported) or value is None
    assert not reported & set(conversion.answers)


@given(st.data())
def test_right_answers_convert_without_loss_between_published_versions(data):
    (first, second), (mapping,) = data.draw(versions(1))
    assert compare(first, second, mapping).refused == ()
    conversion = convert_answers(data.draw(answers_to(first)), mapping, second.household)
    assert conversion.problems == []


@given(st.data())
def test_outputs_are_read_back_as_they_were_written(data):
    _versions, (mapping,) = data.draw(versions(1))
    for change in mapping.values():
        for output in change.outputs:
            assert read_output(write_output(output)) == output


def test_two_names_may_be_swapped():
    swap = mapping_of(
        [
            Change(MappingKind.RENAMED, "a", (Output("b"),)),
            Change(MappingKind.RENAMED, "b", (Output("a"),)),
        ]
    )
    assert apply_mapping({"a": 1, "b": 2}, swap) == {"a": 2, "b": 1}
    assert apply_mapping({"a": 1, "b": 2}, compose(swap, swap)) == {"a": 1, "b": 2}


def test_a_name_used_again_does_not_inherit_the_old_answer():
    gone = mapping_of([Change(MappingKind.DROPPED, "a")])
    again = mapping_of([Change(MappingKind.RENAMED, "a", (Output("z"),))])
    assert apply_mapping({"a": 1}, compose(gone, again)) == {}


def test_a_unit_conversion_is_rounded_once_at_the_end():
    third = mapping_of(
        [Change(MappingKind.UNIT_CONVERTED, "land", (Output("land", Scale(Decimal("0.333"))),))]
    )
    conversion = convert_answers({"land": 0.01}, compose(third, third), {"land": LAND})
    assert conversion.answers == {"land": 0}
    assert convert_answers({"land": 1.0}, third, {"land": LAND}).answers == {"land": 0.33}


def test_an_answer_that_does_not_fit_the_new_limits_is_reported():
    conversion = convert_answers({"rooms": 70}, {}, {"rooms": ROOMS})
    assert conversion.answers == {}
    assert [problem.kind for problem in conversion.problems] == [ProblemKind.TOO_LARGE]


def test_a_multiple_choice_split_into_questions():
    flags = {"boils": {"flag": ["boil"]}, "filters": {"flag": ["filter"]}}
    mapping = read_mapping({"water_treatment": {"split": flags}})
    assert apply_mapping({"water_treatment": ["boil"]}, mapping) == {
        "boils": True,
        "filters": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"a": {"renamed": "b", "dropped": True}},
        {"a": {"vanished": True}},
        {"a": {"converted": {"factor": "0"}}},
        {"a": {"converted": {"factor": "beaucoup"}}},
        {"a": {"merged": ["b"]}},
        {"a": "renamed"},
    ],
)
def test_a_mapping_that_cannot_be_read_is_named(changes):
    assert read_mapping(changes) == "a"


def test_transforms_that_no_answer_passes_do_not_compose():
    flag = mapping_of([Change(MappingKind.SPLIT, "roof", (Output("tin", Flag(frozenset("m"))),))])
    scale = mapping_of(
        [Change(MappingKind.UNIT_CONVERTED, "tin", (Output("x", Scale(Decimal(2))),))]
    )
    with pytest.raises(CannotCompose):
        compose(flag, scale)


def test_merged_choices_in_words():
    mapping = read_mapping({"roof": {"merged": {"tiles": "metal"}}, "old": {"dropped": True}})
    assert apply_mapping({"roof": "tiles", "old": 1}, mapping) == {"roof": "metal"}
    assert convert_answers({"roof": "tiles"}, mapping, {"roof": ROOF}).answers == {"roof": "metal"}
