"""The profiles that an installation starts with, and what they are called in English."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

_FILE = Path(__file__).with_name("profiles.yaml")


def read_shipped() -> list[dict[str, Any]]:
    """Return the shipped profiles, as the file says them."""
    shipped: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return shipped


@cache
def _by_code() -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in read_shipped()}


def show(code: str, word: str, kept: str) -> str:
    """Return `kept`, the `word` of a profile, in the reader's language.

    What the administrator wrote in its place stays as it was written.
    """
    one = _by_code().get(code, {})
    return str(one[f"{word}_en"]) if one.get(word) == kept and get_language() == "en" else kept
