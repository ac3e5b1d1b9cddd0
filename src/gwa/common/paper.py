"""Papers drawn by Typst: a template, what stands on it as JSON, PDF out."""

import base64
import io
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import segno
import typst

# A compiler keeps what it has read, and serves one thread at a time.
_ONE_AT_A_TIME = Lock()


def draw_paper(template: Path, **inputs: Any) -> bytes:  # noqa: ANN401 (what JSON can hold)
    """Return the paper as PDF; the template finds each input as JSON under its name."""
    told = {name: json.dumps(value) for name, value in inputs.items()}
    with _ONE_AT_A_TIME:
        drawn = _compiler(template).compile(sys_inputs=told)
    return cast(bytes, drawn)  # one document in, one PDF out


def draw_qr(text: str) -> str:
    """Return a text as a QR code, drawn as SVG."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue().decode()


def show_qr(text: str, *, error: str = "m") -> str:
    """Return a text as a QR code for a screen: the address of a picture that is in it."""
    picture = io.BytesIO()
    segno.make(text, error=error, micro=False).save(picture, kind="png", scale=6, border=3)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


@cache
def _compiler(template: Path) -> typst.Compiler:
    """Keep one compiler a template: it remembers the fonts and what it has parsed."""
    return typst.Compiler(str(template), ignore_system_fonts=True)
