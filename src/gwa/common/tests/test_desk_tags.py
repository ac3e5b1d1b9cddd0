"""Tags and filters of the desk: what they write, and that they escape what people typed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from gwa.common.display import Change, Fact, StoryEvent
from gwa.common.listing import KeyPage
from gwa.common.templatetags import desk

SPACE = "\u202f"


def render(text, path="/", **context):
    request = RequestFactory().get(path)
    return Template("{% load desk %}" + text).render(RequestContext(request, context))


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234567, f"1{SPACE}234{SPACE}567", f"1{SPACE}234{SPACE}567"),
        (-1234, f"-1{SPACE}234", f"-1{SPACE}234"),
        (6.45, "6,5", "6.5"),
        (6.0, "6", "6"),
        (Decimal("1234.5"), f"1{SPACE}234,5", f"1{SPACE}234.5"),
        (None, "", ""),
        ("ML-7Q2K", "ML-7Q2K", "ML-7Q2K"),
        (True, "True", "True"),
    ],
)
def test_numbers_are_parted_by_narrow_spaces(value, french, english):
    with translation.override("fr"):
        assert desk.number(value) == french
    with translation.override("en"):
        assert desk.number(value) == english


def test_dates_are_written_as_malians_do():
    assert desk.day(dt.date(2026, 11, 2)) == "02/11/2026"
    assert desk.day(None) == ""


def test_moments_are_told_in_the_countrys_time():
    late = dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Asia/Tokyo"):
        assert desk.day(late) == "22/11/2026"
        assert desk.instant(late) == "22/11/2026 08:30"


def test_what_people_typed_is_escaped():
    bad = "<img src=x>"
    event = StoryEvent(timezone.now(), bad, actor=bad, reason=bad, changes=[Change(bad, bad, bad)])
    html = render(
        "{% badge bad %}{% notice bad %}{% facts facts %}{% story events %}"
        "{% registry_number bad %}{% crumb bad bad %}{% figure bad bad %}",
        bad=bad,
        facts=[Fact(bad, bad, note=bad)],
        events=[event],
    )
    assert "<img" not in html
    assert html.count("&lt;img src=x&gt;") >= 14


def test_an_unknown_value_is_said_to_be_unknown():
    with translation.override("fr"):
        html = render("{% facts facts %}", facts=[Fact("Téléphone", ""), Fact("Enfants", 0)])
    assert html.count("non renseigné") == 1
    assert "<dd>\n        0" in html


def test_a_story_tells_before_and_after():
    event = StoryEvent(timezone.now(), "Nom corrigé", changes=[Change("Nom", "Traore", "Traoré")])
    html = render("{% story events %}", events=[event])
    assert "<del>Traore</del>" in html
    assert "<ins>Traoré</ins>" in html


def page(sort="name"):
    return KeyPage(rows=[], sort=sort, next_key="9", previous_key="4", total=1)


@pytest.mark.parametrize(
    ("sort", "direction", "link"),
    [("name", "ascending", "-name"), ("-name", "descending", "name"), ("date", None, "name")],
)
def test_a_sorted_column_says_so_and_turns_round(sort, direction, link):
    html = render("{% sort_header page 'name' 'Nom' %}", page=page(sort))
    assert (f'aria-sort="{direction}"' in html) is (direction is not None)
    assert f'href="?sort={link}"' in html


def test_sorting_keeps_filters_and_goes_back_to_the_first_page():
    html = render("{% sort_header page 'name' 'Nom' %}", "/?zone=5&after=9", page=page("date"))
    assert "zone=5" in html
    assert "after" not in html


def test_pages_keep_filters_and_replace_the_key():
    html = render("{% pager page %}", "/?zone=5&before=2", page=page())
    assert 'href="?zone=5&amp;before=4"' in html
    assert 'href="?zone=5&amp;after=9"' in html


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("fr", 0, "0 ligne<"),
        ("fr", 1, "1 ligne<"),
        ("fr", 2, "2 lignes<"),
        ("en", 0, "0 rows<"),
        ("en", 1, "1 row<"),
    ],
)
def test_plurals_follow_each_language(language, count, words):
    sample = KeyPage(rows=[], sort="", next_key=None, previous_key=None, total=count)
    with translation.override(language):
        assert words in render("{% pager page %}", page=sample)


def test_a_chart_stands_beside_the_table_of_its_figures():
    data = {"x": "Mois", "labels": ["Août"], "series": [{"label": "Nouveaux", "values": [1200]}]}
    html = render("{% chart 'c' 'Ménages' data %}", data=data)
    assert 'data-source="c-data"' in html
    assert f'<td class="number">1{SPACE}200</td>' in html


def test_the_json_of_a_chart_cannot_end_its_block():
    data = {"x": "</script><b>", "labels": [], "series": []}
    assert "</script><b>" not in render("{% chart 'c' 'x' data %}", data=data)


def test_a_block_is_rendered_where_the_layout_asks():
    html = render("{% render_block 'nothing' as found %}[{{ found }}]")
    assert html == "[]"
