"""An interview as it came in: what was answered, in which round, with which files and entities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.instance import Instance, read_instance, receive
from gwa.questionnaires.xform.tests.forms import (
    make_form,
    make_household,
    make_instance,
    write_interview,
)

FAMILY = """<village>Kita</village>
<members><name>Awa</name><age>41</age></members><members><name>Moussa</name></members>"""


@pytest.fixture(scope="module")
def form():
    return make_household()


def test_answers_are_found_by_place_and_round(form):
    household = make_instance(form, FAMILY).household
    assert household.answers == {("village",): "Kita"}
    awa, moussa = household.rounds("members")
    assert awa.answers == {("members", "name"): "Awa", ("members", "age"): "41"}
    assert (moussa.numbers, moussa.answer("members", "name")) == ((2,), "Moussa")
    assert moussa.answer("members", "age") == ""


def test_rounds_stand_in_rounds():
    instance = "<h jr:template=''><m jr:template=''><a/></m></h>"
    body = """<repeat nodeset="/data/h"><repeat nodeset="/data/h/m"><input ref="/data/h/m/a"/>
    </repeat></repeat>"""
    answers = "<h/><h><m><a>1</a></m><m><a>2</a></m></h>"
    household = make_instance(make_form(instance, "", body), answers).household
    first, second = household.rounds("h")
    assert first.rounds("h", "m") == []
    assert [(one.numbers, one.answer("h", "m", "a")) for one in second.rounds("h", "m")] == [
        ((2, 1), "1"),
        ((2, 2), "2"),
    ]


def test_an_interview_says_which_it_is_and_which_it_replaces(form):
    meta = """<instanceID>uuid:2</instanceID><deprecatedID>uuid:1</deprecatedID>
    <instanceName>Kita, Awa</instanceName>"""
    instance = make_instance(form, FAMILY, meta)
    assert (instance.instance_id, instance.deprecated_id) == ("uuid:2", "uuid:1")
    assert (instance.name, instance.form_id, instance.version) == ("Kita, Awa", "essai", "3")


def test_meta_may_have_a_namespace_of_its_own(form):
    xml = b"""<data id="essai" xmlns:orx="http://openrosa.org/xforms" orx:version="3">
    <orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></data>"""
    instance = read_instance(xml, form)
    assert (instance.instance_id, instance.version) == ("uuid:1", "3")


def test_the_form_is_known_before_it_is_read(form):
    received = receive(write_interview(FAMILY))
    assert (received.form_id, received.version, received.instance_id) == ("essai", "3", "uuid:1")
    assert isinstance(read_instance(received, form), Instance)


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (b"", Fault(FaultKind.NOT_XML, "1", "no element found")),
        (b"<data/>", Fault(FaultKind.MISSING, "data", "id")),
        (b'<data id="essai"/>', Fault(FaultKind.MISSING, "data", "meta/instanceID")),
        (
            write_interview("").replace(b'id="essai"', b'id="other"'),
            Fault(FaultKind.OTHER_FORM, "data", "other"),
        ),
        (
            write_interview("").replace(b"data", b"datum"),
            Fault(FaultKind.OTHER_FORM, "datum", "essai"),
        ),
    ],
)
def test_what_is_no_interview_of_this_form_is_refused(form, xml, fault):
    assert read_instance(xml, form) == fault


def test_the_files_that_must_come_are_named():
    instance = "<photo/><m jr:template=''><voice/></m><audit/>"
    binds = "".join(
        f'<bind nodeset="/data/{place}" type="binary"/>' for place in ("photo", "m/voice", "audit")
    )
    body = """<upload ref="/data/photo" mediatype="image/*"/><repeat nodeset="/data/m">
    <upload ref="/data/m/voice" mediatype="audio/*"/></repeat>"""
    answers = """<photo>a.jpg</photo><m><voice>b.m4a</voice></m><m/><m><voice>c.m4a</voice></m>
    <audit>audit.csv</audit>"""
    found = make_instance(make_form(instance, binds, body), answers)
    assert found.files == ("a.jpg", "b.m4a", "c.m4a", "audit.csv")


ENTITIES = 'entities:entities-version="2025.1.0"'


def _entity(dataset, attributes, label=""):
    return f'<entity dataset="{dataset}" {attributes}><label>{label}</label></entity>'


def test_entities_come_with_what_they_save():
    person = "<meta>" + _entity("personnes", 'create="1" id=""') + "</meta>"
    form = make_form(
        f"<zone/><m jr:template=''><nom/><ne/>{person}</m>",
        """<bind nodeset="/data/zone" entities:saveto="zone"/>
        <bind nodeset="/data/m/nom" entities:saveto="nom"/>
        <bind nodeset="/data/m/ne" entities:saveto="naissance"/>""",
        '<repeat nodeset="/data/m"><input ref="/data/m/nom"/></repeat>',
        meta=_entity("menages", 'update="1" id="" baseVersion=""'),
        attributes=ENTITIES,
    )
    sent = _entity("personnes", 'create="true" id="p1"', "Awa")
    meta = "<instanceID>uuid:1</instanceID>" + _entity(
        "menages", 'update="1" id="h1" baseVersion="4" trunkVersion="3" branchId="b"', "Kita"
    )
    kept = _entity("personnes", 'create="" id="p2"')
    answers = f"""<zone>Kita</zone><m><nom>Awa</nom><meta>{sent}</meta></m>
    <m><nom>Moussa</nom><meta>{kept}</meta></m>"""
    awa, moussa, household = make_instance(form, answers, meta).entities()
    assert (awa.dataset, awa.id, awa.label, awa.numbers) == ("personnes", "p1", "Awa", (1,))
    assert (awa.is_created, awa.is_updated, moussa.is_created) == (True, False, False)
    assert awa.properties == {"nom": "Awa", "naissance": ""}
    assert moussa.numbers == (2,)
    assert (household.id, household.is_updated, household.base_version) == ("h1", True, 4)
    assert (household.trunk_version, household.branch_id) == ("3", "b")
    assert household.properties == {"zone": "Kita"}


def test_a_version_that_is_no_number_counts_as_none():
    meta = _entity("menages", 'update="1" id="" baseVersion=""')
    form = make_form("<zone/>", meta=meta, attributes=ENTITIES)
    sent = _entity("menages", 'update="1" id="h1" baseVersion="deux"')
    (household,) = make_instance(form, "", "<instanceID>uuid:1</instanceID>" + sent).entities()
    assert household.base_version == 0


_GOOD = write_interview(FAMILY)


@given(st.integers(0, len(_GOOD)), st.integers(0, 30), st.binary(max_size=6))
def test_an_interview_damaged_anywhere_gives_an_interview_or_a_fault(start, length, instead):
    found = read_instance(_GOOD[:start] + instead + _GOOD[start + length :], make_household())
    assert isinstance(found, Instance | Fault)
