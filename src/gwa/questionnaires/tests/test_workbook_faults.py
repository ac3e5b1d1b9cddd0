"""What is wrong with a workbook is said by sheet and row, in words that tell how to mend it."""

import pytest
from django.utils import translation
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from gwa.questionnaires.workbook_faults import say_fault

SURVEY = """
| survey |
| | type | name | label | calculation | relevant | save_to | parameters |
"""
CHOICES = """
| choices |
| | list_name | name | label |
| | walls | mud | Banco |
"""


def fault(*rows, more=""):
    """Convert a workbook of these rows, and say why it is refused."""
    sheet = SURVEY + "\n".join(f"| | {row} |" for row in rows) + "\n" + more
    with pytest.raises(PyXFormError) as refused:
        convert(xlsform=sheet, file_type=".md", validate=False)
    return say_fault(refused.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["txt | a | A"], "« txt » n’est pas un type de question"),
        (["select_one roofs | a | A"], "la liste « roofs » n’est pas dans la feuille « choices »"),
        (["text | a | A", "text | a | B"], "ligne 3 : « a » est déjà le nom"),
        (["text | a b | A"], "ligne 2 : ce nom ne peut pas servir"),
        (["text | a | A | | ${b} = 1"], "ligne 2 : « ${b} » renvoie à une question"),
        (["calculate | a |"], "ce calcul est vide"),
        (["begin_group | g | G", "text | a | A"], "« g » est ouvert et jamais fermé"),
        (["text | a | A", "end_group | | "], "ligne 3 : « end_group » ferme ce que rien"),
        (["text | a | A | | | rooms"], "mais le classeur n’a pas de feuille « entities »"),
        (["image | a | A | | | | size=3"], "« size » n’est pas un paramètre"),
    ],
)
def test_common_faults_are_said_in_french(rows, said):
    with translation.override("fr"):
        assert said in fault(*rows, more=CHOICES)


def test_a_choice_given_twice_is_said_of_its_own_sheet():
    more = CHOICES + "| | walls | mud | Terre |\n"
    with translation.override("fr"):
        sentence = fault("select_one walls | a | A", more=more)
    assert sentence.startswith("Feuille « choices », ligne 3 : ce choix a le même code")


def test_they_are_said_in_english_too():
    with translation.override("en"):
        assert fault("txt | a | A").startswith("“txt” is not a type")


def test_a_rare_fault_keeps_the_words_of_pyxform():
    with translation.override("fr"):
        sentence = fault("range | a | A | | | | start=0 end=10 step=0")
    assert sentence.startswith("Feuille « survey », ligne 2 : On the 'survey' sheet")
