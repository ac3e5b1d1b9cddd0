"""The rule of retention in force, from `parameters/snapshots.yaml`."""

import datetime as dt

import yaml
from django.conf import settings

from gwa.snapshots.rules.retention import Retention


def retention_on(day: dt.date) -> Retention:
    """Return the rule in force that day: the last one that had begun."""
    text = (settings.BASE_DIR / "parameters" / "snapshots.yaml").read_text("utf-8")
    rules = [Retention(**rule) for rule in yaml.safe_load(text)]
    return max((rule for rule in rules if rule.valid_from <= day), key=lambda one: one.valid_from)
