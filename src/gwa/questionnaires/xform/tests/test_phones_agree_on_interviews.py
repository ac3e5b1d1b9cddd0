"""Our reading of whole forms and that of our application's engine agree, whatever is answered."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from launcher.project import ROOT
from pyxform.xls2xform import convert

from gwa.questionnaires.scenes import read_scene
from gwa.questionnaires.xform.checking import check_instance
from gwa.questionnaires.xform.definitions import Form
from gwa.questionnaires.xform.filling import fill_form
from gwa.questionnaires.xform.filling.lists import read_list
from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.questionnaires.xform.instance import Instance, read_instance
from gwa.questionnaires.xform.reading import read_form
from gwa.questionnaires.xform.tests.phones import NOW, Case, ask_phones
from gwa.questionnaires.xform.tests.random_interviews import write_random_interview

DEMANDING = Path(__file__).with_name("demanding.md").read_text(encoding="utf-8")
ZONES = """name,label,region,size
kita,Kita,kayes,3
bafoulabe,Bafoulabé,kayes,1
san,San,segou,2
"""


def _compare(xform, files, seeds):
    """Ask both sides about the same interviews, and return what each says of them."""
    form = read_form(xform.encode())
    assert isinstance(form, Form), form
    lists = {
        name.removesuffix(".csv"): read_list(name.removesuffix(".csv"), text)
        for name, text in files.items()
    }
    sent = [write_random_interview(form, lists, seed) for seed in seeds]
    answers = ask_phones([Case(xform, xml, files) for xml in sent])
    for seed, answer in zip(seeds, answers, strict=True):
        assert "error" not in answer, (seed, answer["error"])
        instance = read_instance(answer["xml"].encode(), form)
        assert isinstance(instance, Instance), instance
        yield seed, _listen(form, answer["nodes"]), _look(form, instance, lists)


def _listen(form, nodes):
    """Sort what the phone says. A choice that is not offered it takes away, as phones do."""
    places = {
        node["where"].removeprefix(f"/{form.root}/"): node
        for node in nodes
        if node["kind"] not in ("root", "repeat-range:controlled", "repeat-range:uncontrolled")
    }
    asked = {
        where: node
        for where, node in places.items()
        if node["relevant"] and node["kind"] not in ("group", "repeat-instance", "model-value")
    }
    return {
        "relevant": {where: node["relevant"] for where, node in places.items()},
        "required": {w for w, node in asked.items() if node["required"] and not node["value"]},
        "constraint": {w for w, node in asked.items() if node["constraint"] is False},
        "not_a_choice": {w for w, node in asked.items() if _has_stranger(node)},
        # It computes itself, and sends neither what is irrelevant nor what is of no type.
        "calculation": set(),
        "not_relevant": set(),
        "type": set(),
    }


def _has_stranger(node):
    return node["choices"] is not None and not set(node["value"].split()) <= set(node["choices"])


def _look(form, instance, lists):
    """Sort what we find in the interview as the phone would send it."""
    now = dt.datetime.fromisoformat(NOW)
    found = check_instance(form, instance, today=now.date(), lists=lists, now=now)
    kinds = ("required", "constraint", "not_a_choice", "calculation", "not_relevant", "type")
    return {
        "relevant": {
            _write_place(node): bool(node.is_relevant)
            for node in instance.document.children[0].walk()
            if node.place is not None and node.place.path
        },
        **{kind: {one.where for one in found if one.kind == kind} for kind in kinds},
    }


def _write_place(node):
    parts = []
    while node.place is not None and node.place.path:
        beside = node.parent.named(node.name)
        number = next(n for n, one in enumerate(beside, 1) if one is node)
        parts.append(f"{node.name}[{number}]" if node.place.is_repeat else node.name)
        node = node.parent
    return "/".join(reversed(parts))


def _assert_agree(xform, files, seeds):
    """Compare each interview, and count what was compared."""
    compared = 0
    for seed, phone, ours in _compare(xform, files, seeds):
        relevant = phone.pop("relevant")
        known = ours["relevant"]
        assert {where: known[where] for where in relevant if where in known} == {
            where: is_asked for where, is_asked in relevant.items() if where in known
        }, seed
        # Of an irrelevant round nothing is sent; of an entity's own elements we keep no rules.
        unsent = {where for where, is_asked in relevant.items() if is_asked and where not in known}
        assert {where for where in unsent if "meta" not in where.split("/")} == set(), seed
        assert {name: ours[name] for name in phone} == phone, seed
        compared += len(known)
    return compared


def test_both_agree_on_a_demanding_form():
    xform = convert(xlsform=DEMANDING, file_type=".md", validate=False).xform
    assert _assert_agree(xform, {"zones.csv": ZONES}, range(12)) > 500


def test_both_agree_on_the_household_questionnaire():
    workbook = ROOT / "questionnaires" / "rsu-menage" / "rsu-menage.xlsx"
    xform = convert(xlsform=str(workbook), validate=False).xform
    assert _assert_agree(xform, read_scene("twelve")["files"], range(4)) > 300


@pytest.mark.parametrize(
    ("name", "scene"), [("rsu-menage", "twelve"), ("rsu-menage", "update"), ("rsu-choc", "shock")]
)
def test_neither_finds_fault_with_an_interview_that_is_filled_here(name, scene):
    workbook = ROOT / "questionnaires" / name / f"{name}.xlsx"
    xform = convert(xlsform=str(workbook), validate=False).xform
    form, told = read_form(xform.encode()), read_scene(scene, modules="food land women")
    names = [file.removesuffix(".csv") for file in told["files"]]
    lists = {one: read_list(one, told["files"][f"{one}.csv"]) for one in names}
    now = dt.datetime.fromisoformat(NOW)
    filled = fill_form(
        form,
        Scene(told["answers"], told["lines"]),
        instance_id=UUID(int=1),
        started=now - dt.timedelta(minutes=40),
        ended=now,
        lists=lists,
    )
    assert filled.unanswered == ()
    instance = read_instance(filled.xml, form)
    assert check_instance(form, instance, today=now.date(), lists=lists, now=now) == []
    [answer] = ask_phones([Case(xform, filled.xml.decode(), told["files"])])
    phone = _listen(form, answer["nodes"])
    # An answer that is not offered the phone takes away: then a required one would be missing.
    assert (phone["required"], phone["constraint"]) == (set(), set())
