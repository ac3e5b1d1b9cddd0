"""What an interview violates of its form: first one that violates nothing, then each thing."""

import datetime as dt
from itertools import pairwise

import pytest

from gwa.questionnaires.xform.checking import ViolationKind, check_instance
from gwa.questionnaires.xform.definitions import Choice, ItemList
from gwa.questionnaires.xform.tests.forms import make_form, make_household, make_instance

TODAY = dt.date(2026, 11, 27)


def check(form, answers, lists=None, **moment):
    instance = make_instance(form, answers)
    return check_instance(form, instance, today=TODAY, lists=lists or {}, **moment)


def summarise(violations):
    return [(str(one.kind), one.where, one.what) for one in violations]


def _question(bind, answer, control="input"):
    """Check an interview of one question."""
    form = make_form("<q/>", f'<bind nodeset="/data/q" {bind}/>', f'<{control} ref="/data/q"/>')
    return summarise(check(form, f"<q>{answer}</q>"))


@pytest.fixture(scope="module")
def household():
    return make_household()


FAMILY = """<village>Kita</village><size>2</size>
<members><name>Awa</name><age>41</age></members>
<members><name>Moussa</name><age>12</age><school>yes</school></members>"""


def test_a_good_interview_violates_nothing(household):
    assert check(household, FAMILY) == []


@pytest.mark.parametrize(
    ("sent", "instead", "violation"),
    [
        ("<name>Awa</name>", "", ("required", "members[1]/name", "")),
        ("<village>Kita</village>", "<village/>", ("required", "village", "")),
        ("<age>41</age>", "<age>141</age>", ("constraint", "members[1]/age", "141")),
        ("<age>41</age>", "<age>old</age>", ("type", "members[1]/age", "int")),
        ("<age>12</age>", "<age>30</age>", ("not_relevant", "members[2]/school", "yes")),
        ("yes", "maybe", ("not_a_choice", "members[2]/school", "maybe")),
        ("<size>2</size>", "<size>3</size>", ("calculation", "size", "2")),
        ("<village>", "<pets>1</pets><village>", ("unknown_place", "pets", "1")),
        ("<village>", "<village>Kayes</village><village>", ("given_twice", "village", "Kita")),
    ],
)
def test_each_violation_is_told_with_its_place_and_round(household, sent, instead, violation):
    assert summarise(check(household, FAMILY.replace(sent, instead))) == [violation]


def test_a_violation_says_its_path_its_round_and_the_words_of_the_form(household):
    (one,) = check(household, FAMILY.replace("<age>12</age>", "<age>-1</age>").replace(
        "<school>yes</school>", ""
    ))  # fmt: skip
    assert (one.kind, one.path, one.numbers) == (
        ViolationKind.CONSTRAINT,
        ("members", "age"),
        (2,),
    )
    assert one.messages == {"fr": "Trop âgé", "bm": "A kɔrɔla kojugu"}
    assert one.refuses


@pytest.mark.parametrize("kind", ["calculation", "unknown_place", "count", "list_missing"])
def test_what_clocks_versions_and_phones_differ_about_only_warns(household, kind):
    form = make_form(
        "<n/><q/><m jr:template=''><a/></m>",
        '<bind nodeset="/data/n" calculate="1 + 1"/>',
        """<repeat nodeset="/data/m" jr:count="/data/n"><input ref="/data/m/a"/></repeat>
        <select1 ref="/data/q"><itemset nodeset="instance('z')/root/item"><value ref="name"/>
        <label ref="label"/></itemset></select1>""",
        model='<instance id="z" src="jr://file-csv/z.csv"/>',
    )
    found = check(form, "<n>3</n><q>a</q><m/><other>1</other>")
    assert {str(one.kind): one.refuses for one in found}[kind] is False


def test_a_repeat_has_as_many_rounds_as_the_form_says():
    form = make_form(
        "<n/><m jr:template=''><a/></m>",
        "",
        '<input ref="/data/n"/><repeat nodeset="/data/m" jr:count="/data/n"/>',
    )
    assert check(form, "<n>2</n><m/><m/>") == []
    assert check(form, "<n/>") == []
    assert summarise(check(form, "<n>3</n><m/>")) == [("count", "m[1]", "3")]
    assert summarise(check(form, "<n>1</n>")) == [("count", "m", "1")]


def test_below_an_irrelevant_group_nothing_is_asked_and_nothing_may_be_answered():
    form = make_form(
        "<a/><g><b/><h><c/></h></g>",
        """<bind nodeset="/data/g" relevant="/data/a = 1"/>
        <bind nodeset="/data/g/b" required="true()"/>""",
        '<input ref="/data/a"/><input ref="/data/g/b"/><input ref="/data/g/h/c"/>',
    )
    assert check(form, "<a>2</a>") == []
    assert summarise(check(form, "<a>1</a>")) == [("required", "g/b", "")]
    assert summarise(check(form, "<a>2</a><g><h><c>x</c></h></g>")) == [
        ("not_relevant", "g/h/c", "x")
    ]


def test_an_irrelevant_answer_counts_for_nothing_elsewhere():
    form = make_form(
        "<a/><b/><c/>",
        """<bind nodeset="/data/b" relevant="/data/a = 1"/>
        <bind nodeset="/data/c" relevant="/data/b = 1" required="true()"/>""",
        '<input ref="/data/a"/><input ref="/data/b"/><input ref="/data/c"/>',
    )
    assert summarise(check(form, "<a>2</a><b>1</b>")) == [("not_relevant", "b", "1")]


def test_conditions_that_go_round_in_a_circle_end():
    form = make_form(
        "<a/><b/>",
        """<bind nodeset="/data/a" relevant="/data/b = 1"/>
        <bind nodeset="/data/b" relevant="/data/a = 1"/>""",
        '<input ref="/data/a"/><input ref="/data/b"/>',
    )
    assert check(form, "<a>1</a><b>1</b>") == []


def test_conditions_that_hang_on_hundreds_of_later_ones_end():
    names = [f"q{n}" for n in range(400)]
    binds = "".join(
        f'<bind nodeset="/data/{one}" relevant="/data/{other} = 1"/>'
        for one, other in pairwise(names)
    )
    body = "".join(f'<input ref="/data/{name}"/>' for name in names)
    form = make_form("".join(f"<{name}/>" for name in names), binds, body)
    assert check(form, "".join(f"<{name}>1</{name}>" for name in names)) == []


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("int", ["0", "-12", "2147483647"], ["1.5", "2147483648", "१२", "1e3", " "]),
        ("decimal", ["1", "-0.5", ".5", "1.0E10"], ["1,5", "a", "--1"]),
        ("date", ["2024-02-29"], ["2023-02-29", "29/02/2024", "2024-2-9", "2024-02-29T10:00"]),
        ("time", ["10:30", "23:59:59.999", "10:30:00.000+01:00"], ["24:00", "10h30"]),
        ("dateTime", ["2024-02-29T10:00:00.000+00:00"], ["2024-02-29", "2024-02-30T10:00:00Z"]),
        ("boolean", ["true", "0"], ["yes"]),
        ("geopoint", ["12.6 -8", "12.6 -8 330.5 4.2"], ["12.6", "91 0", "a b", "1 2 3 4 5"]),
        ("geotrace", ["1 1;2 2", "1 1 0 0;2 2 0 0;"], ["1 1", "1 1;x"]),
        ("geoshape", ["1 1;2 2;1 2;1 1"], ["1 1;2 2;1 2", "1 1;1 1"]),
        ("string", ["", "anything"], []),
    ],
)
def test_answers_have_the_type_of_their_question(type_, good, bad):
    bind = f'type="{type_}"'
    assert [answer for answer in good if _question(bind, answer)] == []
    assert [_question(bind, answer) for answer in bad] == [[("type", "q", type_)] for _ in bad]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.jpg", ".htaccess", "c:\\a.jpg"])
def test_the_name_of_a_file_is_no_path(name):
    control = 'upload mediatype="image/*"'
    form = make_form(
        "<q/>", '<bind nodeset="/data/q" type="binary"/>', f'<{control} ref="/data/q"/>'
    )
    assert check(form, "<q>1700000000.jpg</q>") == []
    assert summarise(check(form, f"<q>{name}</q>")) == [("type", "q", "image")]


def test_an_acknowledgement_is_ok():
    assert _question("", "OK", "trigger") == []
    assert _question("", "yes", "trigger") == [("type", "q", "acknowledge")]


_SEVERAL = (
    """<select ref="/data/q"><item><value>a</value></item><item><value>b</value></item></select>"""
)


def test_each_of_several_choices_is_offered_and_chosen_once():
    form = make_form("<q/>", "", _SEVERAL)
    assert check(form, "<q>b a</q>") == []
    assert summarise(check(form, "<q>a c d</q>")) == [
        ("not_a_choice", "q", "c"),
        ("not_a_choice", "q", "d"),
    ]
    assert summarise(check(form, "<q>a a</q>")) == [("not_a_choice", "q", "a")]


def _zones(*rows):
    return {
        "zones": ItemList(
            "zones",
            "jr://file-csv/zones.csv",
            tuple(Choice(code, {"": code.title()}, {"region": region}) for code, region in rows),
        )
    }


ZONES = _zones(("kita", "kayes"), ("bafoulabe", "kayes"), ("san", "segou"))
CASCADE = """<select1 ref="/data/zone">
<itemset nodeset="instance('zones')/root/item[region = /data/region]">
<value ref="name"/><label ref="label"/></itemset></select1><input ref="/data/region"/>"""
ZONE_FILE = '<instance id="zones" src="jr://file-csv/zones.csv"/>'


def test_a_choice_that_the_filter_hides_is_not_offered():
    form = make_form("<region/><zone/>", "", CASCADE, model=ZONE_FILE)
    assert check(form, "<region>kayes</region><zone>kita</zone>", ZONES) == []
    assert summarise(check(form, "<region>segou</region><zone>kita</zone>", ZONES)) == [
        ("not_a_choice", "zone", "kita")
    ]
    many = _zones(*((f"z{n}", f"r{n % 7}") for n in range(5000)))
    assert check(form, "<region>r3</region><zone>z10</zone>", many) == []
    assert len(check(form, "<region>r3</region><zone>z11</zone>", many)) == 1


def test_without_its_list_a_choice_is_not_refused_and_the_list_is_named():
    form = make_form("<region/><zone/>", "", CASCADE, model=ZONE_FILE)
    assert summarise(check(form, "<region>segou</region><zone>kita</zone>")) == [
        ("list_missing", "", "zones")
    ]


def test_what_depends_on_a_missing_list_is_neither_required_nor_refused():
    form = make_form(
        "<zone/><q/><r/>",
        """<bind nodeset="/data/q" required="true()"
        relevant="instance('zones')/root/item[name = /data/zone]/region = 'kayes'"/>
        <bind nodeset="/data/r" calculate="instance('zones')/root/item[1]/region"/>""",
        '<input ref="/data/zone"/><input ref="/data/q"/>',
        model=ZONE_FILE,
    )
    assert summarise(check(form, "<zone>kita</zone>")) == [("list_missing", "", "zones")]
    assert summarise(check(form, "<zone>kita</zone><r>kayes</r>", ZONES)) == [("required", "q", "")]


def test_a_mother_is_chosen_among_the_members():
    form = make_form(
        "<m jr:template=''><id/><mother/></m>",
        "",
        """<repeat nodeset="/data/m"><input ref="/data/m/id"/><select1 ref="/data/m/mother">
        <itemset nodeset="/data/m[id != current()/../id]"><value ref="id"/><label ref="id"/>
        </itemset></select1></repeat>""",
    )
    good = "<m><id>1</id></m><m><id>2</id><mother>1</mother></m>"
    assert check(form, good) == []
    assert summarise(check(form, good.replace("<mother>1", "<mother>2"))) == [
        ("not_a_choice", "m[2]/mother", "2")
    ]


@pytest.mark.parametrize(
    ("calculation", "sent"),
    [
        ("1 div 3", "0.33333333333"),
        ("2 * 3", "6.0"),
        ("today()", "2026-11-27"),
        ("once(random())", "0.123"),
        ("random()", "0.5"),
        ("now()", "2026-11-27T10:00:00.000+00:00"),
        ("concat('a', uuid())", "x"),
        ("int(/data/q)", ""),
    ],
)
def test_a_calculation_is_compared_where_it_can_be(calculation, sent):
    form = make_form("<c/><q/>", f'<bind nodeset="/data/c" calculate="{calculation}"/>')
    assert check(form, f"<c>{sent}</c>") == []


def test_the_hour_of_the_interview_may_be_given():
    form = make_form(
        "<q/>",
        '<bind nodeset="/data/q" type="dateTime" constraint=". &lt;= now()"/>',
        '<input ref="/data/q"/>',
    )
    late = "<q>2026-11-27T23:00:00.000+00:00</q>"
    assert check(form, late) == []
    noon = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    assert summarise(check(form, late, now=noon)) == [
        ("constraint", "q", "2026-11-27T23:00:00.000+00:00")
    ]


def test_the_label_of_a_choice_is_in_the_first_language_of_the_form():
    form = make_form(
        "<a/><c/>",
        """<bind nodeset="/data/c" calculate="jr:choice-name(/data/a, ' /data/a ')"/>""",
        """<select1 ref="/data/a"><item><value>1</value><label ref="jr:itext('too-old')"/></item>
        </select1>""",
    )
    assert check(form, "<a>1</a><c>Trop âgé</c>") == []


def test_nothing_is_refused_where_phones_differ():
    form = make_form("<q/>", """<bind nodeset="/data/q" constraint="regex(., '[0-9]{8}')"/>""",
                     '<input ref="/data/q"/>')  # fmt: skip
    (one,) = check(form, "<q>7612</q>")
    assert (one.kind, one.refuses) == (ViolationKind.CONSTRAINT, False)


def test_an_old_version_of_the_form_leaves_blanks_and_strangers(household):
    found = check(household, "<village>Kita</village><income>3</income>")
    assert [(str(one.kind), one.refuses) for one in found] == [
        ("unknown_place", False),
        ("calculation", False),
    ]
