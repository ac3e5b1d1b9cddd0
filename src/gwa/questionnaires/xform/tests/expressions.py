"""The interview that `expressions.yaml` looks at, and how both sides are asked about it."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml

from gwa.questionnaires.xform.markup import Node, parse
from gwa.questionnaires.xform.reading import read_form
from gwa.questionnaires.xform.tests.phones import NOW, Case
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.world import Context, World

_TABLE = yaml.safe_load(Path(__file__).with_name("expressions.yaml").read_text(encoding="utf-8"))
AGREE: dict[str, dict[str, str]] = _TABLE["agree"]
DIFFER: list[dict[str, Any]] = _TABLE["differ"]

_ANSWERS = """<data id="t" version="7">
<age>41</age><none/><name>Awa Diarra</name><many>a b  c</many><yes>true</yes>
<day>1985-03-09</day><at>2026-11-27T09:00:00.000+00:00</at><clock>06:30:00.000+00:00</clock>
<point>12.65 -8.0 0 0</point><text> two  words </text>
<shape>12.6 -8.0 0 0; 12.7 -8.0 0 0; 12.7 -7.9 0 0; 12.6 -8.0 0 0</shape>
<rep><x>1</x><y>p</y></rep><rep><x>2</x><y>q</y></rep><rep><x>10</x><y>r</y></rep>
<gap><z>4</z></gap><gap><z/></gap>{results}<meta><instanceID>uuid:1</instanceID></meta></data>"""
_FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>
<instance>{answers}</instance>
<instance id="fruits"><root>
<item><name>mango</name><label>Mangue</label><k>1</k></item>
<item><name>karite</name><label>Karité</label><k>2</k></item>
</root></instance>
{binds}</model></h:head><h:body>
<input ref="/data/age"><label>age</label></input>
<group ref="/data/rep"><label>rep</label><repeat nodeset="/data/rep">
<input ref="/data/rep/x"><label>x</label></input></repeat></group>
<group ref="/data/gap"><label>gap</label><repeat nodeset="/data/gap">
<input ref="/data/gap/z"><label>z</label></input></repeat></group>
</h:body></h:html>"""


def make_case(expressions: Sequence[str]) -> Case:
    """Make a form that computes each expression in a place of its own, `r0`, `r1`…"""
    results = "".join(f"<r{n}/>" for n in range(len(expressions)))
    answers = _ANSWERS.format(results=results).replace("\n", "")
    binds = "".join(
        f'<bind nodeset="/data/r{n}" type="string" calculate={quoteattr(expression)}/>'
        for n, expression in enumerate(expressions)
    )
    return Case(_FORM.format(answers=answers, binds=binds), answers)


def make_world(zone: dt.tzinfo = dt.UTC) -> World:
    """Set the scene: the interview, its list, its day."""
    form = read_form(make_case(["1"]).form.encode())
    document = parse(_ANSWERS.format(results="<r0/>").encode())
    assert not isinstance(form, list)
    assert isinstance(document, Node)
    now = dt.datetime.fromisoformat(NOW)
    return World(
        document=document,
        today=now.astimezone(zone).date(),
        now=now,
        zone=zone,
        lists={one.name: one.document for one in form.lists},
        version=form.version,
    )


def evaluate(expression: str, world: World | None = None) -> str:
    """Evaluate an expression at the place `r0`, as text."""
    world = world or make_world()
    place = world.document.find("data", "r0")
    assert place is not None
    return world.text(compile_text(expression)(Context(world, place)))
