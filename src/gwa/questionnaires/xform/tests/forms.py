"""Small forms for the tests, written as the XML that phones get."""

from gwa.questionnaires.xform.definitions import Form
from gwa.questionnaires.xform.instance import Instance, read_instance
from gwa.questionnaires.xform.reading import read_form

_HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">"""
HOUSEHOLD = """<village/><size/><members jr:template=""><name/><age/><school/></members>"""
HOUSEHOLD_BINDS = """
<bind nodeset="/data/village" type="string" required="true()" jr:requiredMsg="Which village?"/>
<bind nodeset="/data/size" type="string" calculate="count(/data/members)"/>
<bind nodeset="/data/members/name" type="string" required="true()"/>
<bind nodeset="/data/members/age" type="int" constraint=". &gt;= 0 and . &lt; 120"
 jr:constraintMsg="jr:itext('too-old')"/>
<bind nodeset="/data/members/school" type="string" relevant="../age &gt;= 6 and ../age &lt; 18"/>"""
HOUSEHOLD_BODY = """
<input ref="/data/village"><label>Village</label></input>
<group ref="/data/members"><label>Member</label><repeat nodeset="/data/members">
<input ref="/data/members/name"><label>Name</label></input>
<input ref="/data/members/age"><label>Age of <output value=" ../name "/></label></input>
<select1 ref="/data/members/school"><label>Goes to school</label>
<item><label>Yes</label><value>yes</value></item><item><label>No</label><value>no</value></item>
</select1></repeat></group>"""
TEXTS = """<itext><translation lang="Français (fr)" default="true()">
<text id="too-old"><value>Trop âgé</value></text></translation>
<translation lang="Bamanankan (bm)"><text id="too-old"><value>A kɔrɔla kojugu</value></text>
</translation></itext>"""


def write_form(
    instance: str,
    binds: str = "",
    body: str = "",
    *,
    model: str = "",
    attributes: str = "",
    meta: str = "",
) -> bytes:
    """Write a form around the parts that a test is about."""
    return (
        f"{_HEAD}<h:head><h:title>Essai</h:title><model {attributes}>{TEXTS}<instance>"
        f'<data id="essai" version="3">{instance}<meta>{meta}<instanceID/></meta></data></instance>'
        f'{model}{binds}<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    ).encode()


def make_form(instance: str, binds: str = "", body: str = "", **parts: str) -> Form:
    """Read a form that has no fault."""
    form = read_form(write_form(instance, binds, body, **parts))
    assert isinstance(form, Form), form
    return form


def make_household() -> Form:
    """Read the form of a household: its village, its members, and who goes to school."""
    return make_form(HOUSEHOLD, HOUSEHOLD_BINDS, HOUSEHOLD_BODY)


def write_interview(answers: str, meta: str = "<instanceID>uuid:1</instanceID>") -> bytes:
    """Write an interview of the form."""
    return f'<data id="essai" version="3">{answers}<meta>{meta}</meta></data>'.encode()


def make_instance(
    form: Form, answers: str, meta: str = "<instanceID>uuid:1</instanceID>"
) -> Instance:
    """Read an interview that has no fault."""
    instance = read_instance(write_interview(answers, meta), form)
    assert isinstance(instance, Instance), instance
    return instance
