"""How long exported files are kept, from `parameters/exports.yaml`."""

import datetime as dt

import yaml
from django.conf import settings


def days_kept(day: dt.date) -> int:
    """Return the number of days in force that day."""
    text = (settings.BASE_DIR / "parameters" / "exports.yaml").read_text("utf-8")
    rules = [rule for rule in yaml.safe_load(text) if rule["valid_from"] <= day]
    return int(max(rules, key=lambda rule: rule["valid_from"])["days"])
