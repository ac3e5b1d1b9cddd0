"""Texts that a spreadsheet would run as formulas: guarded on the way out, freed on the way in.

The guard is an apostrophe before the text. A text that looks guarded by itself gets one too, so
that what comes back is what went out.
"""

import re

# OWASP, CSV injection; the last four are the wide forms that spreadsheets of Asia take too.
_STARTS = r"[=+\-@\t\r\n＝＋－＠]"
TO_GUARD = rf"^'*{_STARTS}"
"""Texts that get an apostrophe where a spreadsheet would run them; as polars reads patterns too."""
LOOKS_GUARDED = rf"^'+{_STARTS}"
"""Texts that get one even where nothing is run, for it is taken off when the file comes back."""
_guarded = re.compile(LOOKS_GUARDED)


def free(text: str) -> str:
    """Take off the apostrophe that guards a text; any other apostrophe is the text's own."""
    return text[1:] if text[:1] == "'" and _guarded.match(text) else text
