"""What a form asks, out of the XML that phones get."""

import pytest

from gwa.questionnaires.xform.definitions import Choice, Entity, Group, Kind
from gwa.questionnaires.xform.tests.forms import make_form, make_household


def test_a_form_says_who_it_is():
    form = make_household()
    assert (form.form_id, form.version, form.title, form.root) == ("essai", "3", "Essai", "data")
    assert form.languages == ("fr", "bm")


def test_questions_are_in_the_order_of_the_form_with_their_place():
    form = make_household()
    assert [(one.path, one.kind, one.repeat) for one in form.questions] == [
        (("village",), Kind.TEXT, ()),
        (("size",), Kind.HIDDEN, ()),
        (("members", "name"), Kind.TEXT, ("members",)),
        (("members", "age"), Kind.INTEGER, ("members",)),
        (("members", "school"), Kind.SELECT_ONE, ("members",)),
        (("meta", "instanceID"), Kind.HIDDEN, ()),
    ]
    assert form.groups == (Group(("members",), labels={"": "Member"}, is_repeat=True),)


def test_a_question_has_its_words_and_its_rules():
    form = make_household()
    village = form.by_path[("village",)]
    assert (village.required, village.required_messages) == ("true()", {"": "Which village?"})
    age = form.by_path[("members", "age")]
    assert age.labels == {"": "Age of ${name}"}
    assert age.constraint == ". >= 0 and . < 120"
    assert age.constraint_messages == {"fr": "Trop âgé", "bm": "A kɔrɔla kojugu"}
    assert form.by_path[("members", "school")].relevant == "../age >= 6 and ../age < 18"
    assert form.by_path[("size",)].calculation == "count(/data/members)"


@pytest.mark.parametrize(
    ("control", "bind", "kind"),
    [
        ('<input ref="/data/q"/>', "", Kind.TEXT),
        ('<input ref="/data/q"/>', 'type="xsd:int"', Kind.INTEGER),
        ('<input ref="/data/q"/>', 'type="decimal"', Kind.DECIMAL),
        ('<input ref="/data/q"/>', 'type="date"', Kind.DATE),
        ('<input ref="/data/q"/>', 'type="time"', Kind.TIME),
        ('<input ref="/data/q"/>', 'type="dateTime"', Kind.DATETIME),
        ('<input ref="/data/q"/>', 'type="geopoint"', Kind.GEOPOINT),
        ('<input ref="/data/q"/>', 'type="geotrace"', Kind.GEOTRACE),
        ('<input ref="/data/q"/>', 'type="geoshape"', Kind.GEOSHAPE),
        ('<input ref="/data/q"/>', 'type="barcode"', Kind.BARCODE),
        ('<input ref="/data/q"/>', 'readonly="true()"', Kind.NOTE),
        ('<input ref="/data/q"/>', 'readonly="true()" calculate="1"', Kind.TEXT),
        ('<upload ref="/data/q" mediatype="image/*"/>', 'type="binary"', Kind.IMAGE),
        ('<upload ref="/data/q" mediatype="audio/*"/>', 'type="binary"', Kind.AUDIO),
        ('<upload ref="/data/q" mediatype="video/*"/>', 'type="binary"', Kind.VIDEO),
        ('<upload ref="/data/q" mediatype="application/*"/>', 'type="binary"', Kind.FILE),
        ('<trigger ref="/data/q"/>', "", Kind.ACKNOWLEDGE),
        ('<range ref="/data/q" start="1" end="9" step="1"/>', 'type="int"', Kind.INTEGER),
        ('<range ref="/data/q" start="1" end="9" step="0.5"/>', 'type="decimal"', Kind.DECIMAL),
        ('<odk:rank ref="/data/q"/>', 'type="odk:rank"', Kind.RANK),
        ('<select ref="/data/q"/>', "", Kind.SELECT_MULTIPLE),
        ("", 'type="string" jr:preload="timestamp" jr:preloadParams="start"', Kind.HIDDEN),
    ],
)
def test_each_control_asks_for_its_kind(control, bind, kind):
    form = make_form("<q/>", f'<bind nodeset="/data/q" {bind}/>', control)
    assert form.by_path[("q",)].kind == kind


_ZONES = """<instance id="zones" src="jr://file-csv/zones.csv"/>
<instance id="fruits"><root><item><itextId>too-old</itextId><name>mango</name><k>1</k></item>
<item><name>karite</name><itextId>nothing</itextId></item></root></instance>"""


def test_choices_are_inline_in_a_list_or_in_a_file():
    body = """<select1 ref="/data/a"><item><label>Un</label><value>1</value></item></select1>
    <select1 ref="/data/b"><itemset nodeset="randomize(instance('fruits')/root/item, 3)">
    <value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
    <select1 ref="/data/c"><itemset nodeset="instance('zones')/root/item[region= /data/a ][x=1]">
    <value ref="name"/><label ref="label"/></itemset></select1>"""
    form = make_form("<a/><b/><c/>", "", body, model=_ZONES)
    inline, listed, filed = (form.by_path[(name,)] for name in "abc")
    assert inline.choices == (Choice("1", {"": "Un"}),)
    assert (listed.choice_list, listed.choice_filter, listed.choices) == ("fruits", "", ())
    assert (filed.choice_list, filed.choice_filter) == ("zones", "(region= /data/a) and (x=1)")
    assert form.lists_by_name["fruits"].choices == (
        Choice("mango", {"fr": "Trop âgé", "bm": "A kɔrɔla kojugu"}, {"k": "1"}),
        Choice("karite", {}, {}),
    )
    assert form.lists_by_name["zones"].source == "jr://file-csv/zones.csv"


def test_places_may_be_relative_to_the_group_that_holds_them():
    body = '<group ref="/data/g"><label>G</label><input ref="q"><label>Q</label></input></group>'
    form = make_form("<g><q/></g>", '<bind nodeset="/data/g" relevant="1 = 1"/>', body)
    assert form.by_path[("g", "q")].labels == {"": "Q"}
    assert form.groups_by_path[("g",)].relevant == "1 = 1"


def test_what_phones_leave_aside_is_no_fault():
    binds = """<bind nodeset="/data/gone" required="true()"/>
    <bind nodeset="/data/a" calculate="if(. = 1, 2, null)"/>"""
    form = make_form("<a/>", binds, '<input ref="current()/a"><label>A</label></input>')
    assert form.by_path[("a",)].labels == {"": "A"}


def test_a_repeat_says_how_often_it_is_asked_and_what_it_starts_with():
    body = """<group ref="/data/m"><label>M</label><repeat nodeset="/data/m" jr:count=" /data/n ">
    <input ref="/data/m/a"/></repeat></group>"""
    form = make_form("<n/><m jr:template=''><a>7</a></m><m><a/></m>", "", body)
    assert form.groups_by_path[("m",)].count == "/data/n"
    assert form.by_path[("m", "a")].default == "7"


_ENTITY = '<meta><entity dataset="{}" id="" {}><label/></entity></meta>'


def test_entities_are_made_of_the_interview_and_of_each_round():
    instance = (
        "<zone/><m jr:template=''><name/>" + _ENTITY.format("personnes", 'create="1"') + "</m>"
    )
    binds = """<bind nodeset="/data/m/name" entities:saveto="nom"/>
    <bind nodeset="/data/m/meta/entity/@create" calculate="../../../name != ''"/>
    <bind nodeset="/data/m/meta/entity/label" calculate="../../../name"/>
    <bind nodeset="/data/m/meta/entity/@id" type="string"/>"""
    body = '<repeat nodeset="/data/m"><input ref="/data/m/name"/></repeat>'
    form = make_form(instance, binds, body, attributes='entities:entities-version="2025.1.0"')
    assert form.entities == (
        Entity(
            dataset="personnes",
            path=("m", "meta", "entity"),
            repeat=("m",),
            create_if="../../../name != ''",
            label="../../../name",
        ),
    )
    assert form.by_path[("m", "name")].save_to == "nom"
    assert form.entities_version == "2025.1.0"


def test_an_entity_that_is_updated_says_which():
    meta = '<entity dataset="menages" id="" update="1" baseVersion=""><label/></entity>'
    binds = '<bind nodeset="/data/meta/entity/@id" calculate="/data/who"/>'
    form = make_form(
        "<who/>",
        binds,
        meta=meta,
        attributes='entities:entities-version="2024.1.0"',
    )
    (entity,) = form.entities
    assert (entity.id, entity.create_if, entity.update_if) == ("/data/who", "", "true()")
