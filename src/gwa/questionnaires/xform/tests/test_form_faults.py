"""A form that a phone or a server could not use is refused with every fault, each at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.questionnaires.xform.definitions import Form
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.reading import read_form
from gwa.questionnaires.xform.tests.forms import (
    HOUSEHOLD,
    HOUSEHOLD_BINDS,
    HOUSEHOLD_BODY,
    write_form,
)


def _bind(rule):
    return f'<bind nodeset="/data/a" {rule}/>'


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (b"<a/>", Fault(FaultKind.NOT_A_FORM)),
        (b"not xml", Fault(FaultKind.NOT_XML, "1", "syntax error")),
        (
            write_form("<a/>", _bind('relevant="/data/a &gt;"')),
            Fault(FaultKind.BAD_EXPRESSION, "a", "relevant: /data/a >"),
        ),
        (
            write_form("<a/>", _bind('calculate="ageof(.)"')),
            Fault(FaultKind.UNKNOWN_FUNCTION, "a", "calculation: ageof()"),
        ),
        (
            write_form("<a/>", _bind('constraint="if(. = 1, 2)"')),
            Fault(FaultKind.WRONG_ARGUMENTS, "a", "constraint: if()"),
        ),
        (
            write_form("<a/>", _bind('''constraint="regex(., '[')"''')),
            Fault(FaultKind.WRONG_ARGUMENTS, "a", "constraint: regex()"),
        ),
        (
            write_form("<a/>", _bind('relevant="/data/b = 1"')),
            Fault(FaultKind.UNKNOWN_PLACE, "a", "relevant: b"),
        ),
        (
            write_form("<a/>", _bind('required="../b = 1"')),
            Fault(FaultKind.UNKNOWN_PLACE, "a", "required: b"),
        ),
        (
            write_form("<a/>", _bind('relevant="/other/a = 1"')),
            Fault(FaultKind.UNKNOWN_PLACE, "a", "relevant: /other"),
        ),
        (
            write_form("<a/>", _bind('''calculate="instance('zones')/root/item[1]/name"''')),
            Fault(FaultKind.UNKNOWN_LIST, "a", "calculation: zones"),
        ),
        (
            write_form("<a/>", body='<input ref="/data/b"/>'),
            Fault(FaultKind.UNKNOWN_PLACE, "", "input: /data/b"),
        ),
        (
            write_form(
                "<a/>", body="""<input ref="/data/a"><label ref="jr:itext('gone')"/></input>"""
            ),
            Fault(FaultKind.UNKNOWN_TEXT, "a", "gone"),
        ),
        (
            write_form(
                "<a/>", body='<input ref="/data/a"><label><output value="f(1)"/></label></input>'
            ),
            Fault(FaultKind.UNKNOWN_FUNCTION, "a", "label: f()"),
        ),
        (
            write_form("<a/>", '<setvalue ref="/data/a" event="x" value="f(1)"/>'),
            Fault(FaultKind.UNKNOWN_FUNCTION, "a", "setvalue: f()"),
        ),
        (write_form("<a/><a/>"), Fault(FaultKind.NAMED_TWICE, "a")),
        (
            write_form("<a/>", model='<instance id="l"><r/></instance>' * 2),
            Fault(FaultKind.NAMED_TWICE, "instance", "l"),
        ),
        (
            write_form("<a/>", '<submission base64RsaPublicKey="MIIB"/>'),
            Fault(FaultKind.ENCRYPTED, "submission"),
        ),
        (
            write_form("<a/>").replace(b' id="essai"', b""),
            Fault(FaultKind.MISSING, "data", "id"),
        ),
        (
            write_form(
                '<m><meta><entity dataset="p"/></meta></m>',
                attributes='entities:entities-version="2031.1.0"',
            ),
            Fault(FaultKind.ENTITIES_TOO_NEW, "entities-version", "2031.1.0"),
        ),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(form, fault):
    assert read_form(form) == [fault]


def test_all_faults_are_told_at_once():
    binds = '<bind nodeset="/data/a" relevant="f(1)" constraint="1 +"/>'
    found = read_form(write_form("<a/>", binds, '<input ref="/data/b"/>'))
    assert {fault.kind for fault in found} == {
        FaultKind.UNKNOWN_FUNCTION,
        FaultKind.BAD_EXPRESSION,
        FaultKind.UNKNOWN_PLACE,
    }


_GOOD = write_form(HOUSEHOLD, HOUSEHOLD_BINDS, HOUSEHOLD_BODY)


@given(st.integers(0, len(_GOOD)), st.integers(0, 40), st.binary(max_size=6))
def test_a_form_damaged_anywhere_gives_a_form_or_faults(start, length, instead):
    found = read_form(_GOOD[:start] + instead + _GOOD[start + length :])
    assert isinstance(found, Form) or (found and all(isinstance(one, Fault) for one in found))
