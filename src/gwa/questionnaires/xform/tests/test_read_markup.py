"""XML that comes from anywhere is read within bounds, or refused with the line where it fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.questionnaires.xform import markup
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.markup import Node, parse


def test_a_document_becomes_a_tree():
    document = parse(b'<data id="t"><a>1</a><b><c> two </c></b><a/></data>')
    data = document.find("data")
    assert data.attributes == {"id": "t"}
    assert [node.text for node in data.named("a")] == ["1", ""]
    assert document.find("data", "b", "c").text == " two "
    assert document.find("data", "b", "nothing") is None


def test_names_lose_their_prefix():
    document = parse(b'<o:meta xmlns:o="http://openrosa.org/xforms"><o:instanceID/></o:meta>')
    assert document.find("meta", "instanceID") is not None


def test_what_stands_between_elements_is_kept():
    label = parse(b'<label>Age of <output value="a"/>, or <b/> so</label>').children[0]
    assert label.text == "Age of "
    assert [child.tail for child in label.children] == [", or ", " so"]


def test_other_encodings_are_read():
    assert parse('<?xml version="1.0" encoding="ISO-8859-1"?><a>Ségou</a>'.encode("latin-1")).find(
        "a"
    ).text == ("Ségou")
    assert parse("<a>Tɔgɔ</a>".encode("utf-16")).find("a").text == "Tɔgɔ"


_BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        (_BOMB, Fault(FaultKind.DOCUMENT_TYPE, "1")),
        (_OUTSIDE, Fault(FaultKind.DOCUMENT_TYPE, "1")),
        (b"<!DOCTYPE html><a/>", Fault(FaultKind.DOCUMENT_TYPE, "1")),
        (b"", Fault(FaultKind.NOT_XML, "1", "no element found")),
        (b"<a>\n<b></a>", Fault(FaultKind.NOT_XML, "2", "mismatched tag")),
        (b"<a>&undeclared;</a>", Fault(FaultKind.NOT_XML, "1", "undefined entity")),
        (b"<a><jr:b/></a>", Fault(FaultKind.NOT_XML, "1", "unbound prefix")),
        (b"PK\x03\x04 a workbook", None),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', None),
        (b"<a>" * 200, Fault(FaultKind.TOO_DEEP, "1", str(markup.MOST_LEVELS))),
    ],
)
def test_what_is_not_a_plain_document_is_refused(xml, fault):
    found = parse(xml)
    assert isinstance(found, Fault)
    assert found == fault or (fault is None and found.kind == FaultKind.NOT_XML)


def test_a_document_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 10)
    monkeypatch.setattr(markup, "MOST_BYTES", 100)
    assert parse(b"<a>" + b"<b/>" * 10 + b"</a>").kind == FaultKind.TOO_LARGE
    assert parse(b"<a>" + b"b" * 100 + b"</a>").kind == FaultKind.TOO_LARGE


@given(st.one_of(st.binary(max_size=80), st.text("<>ab&;/\"'! =\n", max_size=60).map(str.encode)))
def test_any_bytes_give_a_tree_or_a_fault(xml):
    assert isinstance(parse(xml), Node | Fault)
