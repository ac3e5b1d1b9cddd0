"""When the questionnaire's questions are asked: read from its folder, once a process."""

from functools import cache

import yaml
from django.conf import settings

from gwa.questionnaires.rules.asked import Conditions


@cache
def asked_when() -> Conditions:
    """Return the conditions of `questionnaires/rsu-menage/asked_when.yaml`."""
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    conditions: Conditions = yaml.safe_load((folder / "asked_when.yaml").read_text("utf-8"))
    return conditions
