"""Names are compared folded, whatever alphabet habit wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.common.text import elides, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Traoré", "traore"),
        ("KONÉ", "kone"),
        ("N’Diaye", "n diaye"),
        ("N'Golo  Coulibaly ", "n golo coulibaly"),
        ("Kɔ̀nyɛ̀ba", "konyeba"),
        ("Ɲagalen Ŋɔmɔ", "nyagalen ngomo"),
        ("Walet-Alhassane", "walet alhassane"),
        ("Œuvre", "oeuvre"),
        ("", ""),
        ("—", ""),
    ],
)
def test_a_name_folds_to_plain_letters(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_is_plain_ascii_and_stable(text):
    once = fold(text)
    assert once.isascii()
    assert fold(once) == once
    assert "  " not in once


@pytest.mark.parametrize("name", ["Awa", "Élise", "Oumar", "Ɛmɛ"])
def test_de_is_shortened_before_a_vowel(name):
    assert elides(name)


@pytest.mark.parametrize("name", ["Moussa", "Hawa", "Youssouf", "Ŋɔmɔ", ""])
def test_de_stays_whole_before_the_rest(name):
    assert not elides(name)
