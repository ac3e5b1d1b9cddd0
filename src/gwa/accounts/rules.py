"""Decisions about passwords and shipped profiles, on plain values."""

from collections.abc import Collection, Sequence

from gwa.common.text import fold

_LOOK_ALIKE = str.maketrans("01345789@$!+", "oieastbgasit")
_ORNAMENT = "0123456789 .,;:!?-_+*/#@$€%&()[]{}'\"=<>"
_KEYBOARD = (
    "azertyuiopqsdfghjklmwxcvbn qwertyuiopasdfghjklzxcvbnm 01234567890 abcdefghijklmnopqrstuvwxyz"
)


def is_guessable(password: str, common: Collection[str], own_words: Sequence[str] = ()) -> bool:
    """Tell whether the password is a known one, or a known one dressed up.

    Dressed up: figures or signs at either end, letters written as figures, two known words side by
    side, one piece repeated, a walk along the keyboard, the person's own name.
    """
    own = {word for text in own_words for word in fold(text).split() if len(word) > 2}
    small = password.lower()
    for text in {small, small[::-1]}:
        core = text.strip(_ORNAMENT)
        for candidate in {
            text,
            fold(text).replace(" ", ""),
            fold(core).replace(" ", ""),
            *_read(core),
        }:
            if len(candidate) < 5 or _is_made_of(candidate, common, own):
                return True
    return False


def _read(text: str) -> set[str]:
    """Return what the text spells when figures and signs stand for letters."""
    return {text.translate(_LOOK_ALIKE), text.translate(_LOOK_ALIKE | {ord("1"): "l"})}


def _is_made_of(text: str, common: Collection[str], own: Collection[str]) -> bool:
    def is_known(piece: str) -> bool:
        return piece in common or piece in own or _is_walk(piece)

    if is_known(text):
        return True
    if any(is_known(text[:cut]) and is_known(text[cut:]) for cut in range(3, len(text) - 2)):
        return True
    return any(
        len(text) % size == 0 and text == text[:size] * (len(text) // size)
        for size in range(1, len(text) // 2 + 1)
    )


def _is_walk(piece: str) -> bool:
    """Tell whether the piece follows the keyboard, the figures or the alphabet, either way."""
    return len(piece) > 2 and (piece in _KEYBOARD or piece[::-1] in _KEYBOARD)


def merge_rights(
    *, present: Collection[str], shipped_before: Collection[str], shipped_now: Collection[str]
) -> list[str]:
    """Return the profile's rights after an upgrade: what we changed changes, what the
    administrator chose stays.
    """
    added = set(shipped_now) - set(shipped_before)
    removed = set(shipped_before) - set(shipped_now)
    return sorted((set(present) - removed) | added)
