"""Whoever publishes a form is told what phones differ about, and where."""

import pytest

from gwa.questionnaires.xform.doubts import Doubt, DoubtKind, list_doubts
from gwa.questionnaires.xform.tests.forms import make_form, make_household


def _find(rule):
    instance = "<a/><m jr:template=''><x/><y/></m>"
    bind = f'<bind nodeset="/data/m/x" {rule}/>'
    body = '<repeat nodeset="/data/m"><input ref="/data/m/x"/></repeat>'
    return [(one.kind, one.path) for one in list_doubts(make_form(instance, bind, body))]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ('relevant="/data/m/y = 1"', DoubtKind.OWN_REPEAT),
        ('calculate="count(/data/m)"', DoubtKind.OWN_REPEAT),
        ('calculate="sum(../y)"', DoubtKind.BLANKS),
        ('calculate="max(../y)"', DoubtKind.BLANKS),
        ('''constraint="regex(., '[0-9]+')"''', DoubtKind.PATTERN),
        ('relevant="not(/data/a)"', DoubtKind.TRUTH),
        ('relevant="/data/a and 1 = 1"', DoubtKind.TRUTH),
        ('''calculate="substring-after(., ', ')"''', DoubtKind.MARK),
    ],
)
def test_each_doubt_is_found(rule, kind):
    assert _find(rule) == [(kind, ("m", "x"))]


@pytest.mark.parametrize(
    "rule",
    [
        'relevant="../y = 1 and /data/a &gt; 2"',
        'calculate="indexed-repeat(/data/m/y, /data/m, position(..) - 1)"',
        '''constraint="regex(., '^[0-9]+$')"''',
        'calculate="max(../y, 3)"',
        '''calculate="substring-after(., '-')"''',
    ],
)
def test_what_all_phones_read_alike_is_no_doubt(rule):
    assert _find(rule) == []


def test_a_form_without_doubts_has_none():
    assert list_doubts(make_household()) == []


def test_a_doubt_shows_the_expression():
    form = make_form("<a/><b/>", '<bind nodeset="/data/b" relevant="not(/data/a)"/>')
    assert list_doubts(form) == [Doubt(DoubtKind.TRUTH, ("b",), "not(/data/a)")]
