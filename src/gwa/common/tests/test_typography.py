"""Nobody types no-break spaces or curly apostrophes: they are set, where a sentence has them."""

import pytest

from gwa.common.typography import typeset

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "set_in_french"),
    [
        ("C'est bien vous ?", f"C’est bien vous{NARROW}?"),
        ("Un nom ; puis un mot !", f"Un nom{NARROW}; puis un mot{NARROW}!"),
        ("Motif : « %(why)s »", f"Motif{WIDE}: «{WIDE}%(why)s{WIDE}»"),
        ("n° %(number)s de l'%(name)s", f"n°{WIDE}%(number)s de l’%(name)s"),
        ("Touche <kbd>?</kbd> : aide", f"Touche <kbd>?</kbd>{WIDE}: aide"),
        ("Vous êtes sûr (vraiment ?)", f"Vous êtes sûr (vraiment{NARROW}?)"),
        ("http://127.0.0.1 :8000 ?page=2", "http://127.0.0.1 :8000 ?page=2"),
        ("<a href='/aide/'>l'aide</a>", "<a href='/aide/'>l’aide</a>"),
        ("14:05, 47 % des ménages", "14:05, 47 % des ménages"),
    ],
)
def test_french_keeps_signs_with_their_word(typed, set_in_french):
    assert typeset(typed, "fr") == set_in_french
    assert typeset(set_in_french, "fr") == set_in_french


def test_english_gets_its_apostrophes_alone():
    assert typeset("The household's head : who ?", "en") == "The household’s head : who ?"
