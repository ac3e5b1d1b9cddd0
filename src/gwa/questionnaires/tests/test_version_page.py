"""What the page of a version says: in the words of the reader, from what to what."""

import pytest

from gwa.questionnaires.actions import propose_form
from gwa.questionnaires.queries.comparison import compare
from gwa.questionnaires.queries.modules import length_of, modules_of, saved_by_core
from gwa.questionnaires.queries.pages import doubts_of, effect_of, list_parts, write_expression
from gwa.testing.small_form import PROPOSER, XFORM, publish_test_form


def propose(xform, version="2"):
    content = xform.replace("{version}", version).encode()
    return propose_form(content=content, file_name="essai.xml", actor=PROPOSER)


def test_kinds_choices_and_saved_names_are_said_in_words(whole_country, dictionary):
    [start, members] = list_parts(publish_test_form(), "fr")
    walls = next(row for row in start.rows if row.label == "Murs")
    assert (walls.kind, walls.choices, walls.save_to) == (
        "un choix",
        ("cement", "mud"),
        "wall_material",
    )
    assert (members.label, members.is_repeat, members.questions) == ("Membre", True, 6)


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("../age &gt; 15".replace("&gt;", ">"), "${age} > 15"),
        (" /data/household/size  = 3", "${size} = 3"),
        ("selected( /data/modules , 'food')", "selected( ${modules} , 'food')"),
        ("../../listing_line != current()/../line", "${listing_line} != current()/../line"),
        ("3 div 4", "3 div 4"),
    ],
)
def test_expressions_are_written_as_in_the_workbook(expression, written):
    assert write_expression(expression) == written


def test_two_versions_are_compared_question_by_question(whole_country, dictionary):
    before = publish_test_form()
    after = propose(
        XFORM.replace("<label>Pièces</label>", "<label>Combien de pièces ?</label>")
        .replace(
            "<item><label>mud</label><value>mud</value></item>",
            "<item><label>mud</label><value>mud</value></item>"
            "<item><label>straw</label><value>straw</value></item>",
        )
        .replace('<input ref="/data/members/phone"><label>Téléphone</label></input>', "")
    )
    found = compare(before, after, "fr")
    assert [one.name for one in found.removed] == ["phone"]
    assert found.added == ()
    changed = {one.name: [(f.name, f.before, f.after) for f in one.facets] for one in found.changed}
    assert changed == {
        "rooms": [("texte", "Pièces", "Combien de pièces ?")],
        "wall_material": [("réponses possibles", "cement, mud", "cement, mud, straw")],
    }


def test_a_refused_type_is_said_in_words(whole_country, dictionary):
    changed = XFORM.replace(
        '<bind nodeset="/data/rooms" type="int" constraint=". &lt; 40"',
        '<bind nodeset="/data/rooms" type="string"',
    )
    [sentence] = effect_of(propose(changed)).refused
    assert "nombre entier → texte" in sentence


def test_doubts_are_told_with_the_place_and_the_expression(whole_country, dictionary):
    doubtful = XFORM.replace(
        'constraint=". &lt; 40"', 'constraint=". &lt; 40" relevant="not(/data/zone_code)"'
    )
    [doubt] = doubts_of(propose(doubtful), "fr")
    assert doubt.places == (("Pièces", "not(${zone_code})"),)


def test_a_form_without_modules_is_all_core(whole_country, dictionary):
    version = publish_test_form()
    assert modules_of(version) == ()
    assert {"rooms", "wall_material"} <= saved_by_core(version)
    assert length_of(version).core > 1
