"""What telephones may do alone, from `parameters/telephones.yaml`."""

from functools import cache

import yaml
from django.conf import settings


@cache
def max_offline_days() -> int:
    """Return after how many days without contact a telephone stays locked; read once a process."""
    text = (settings.BASE_DIR / "parameters" / "telephones.yaml").read_text("utf-8")
    newest = max(yaml.safe_load(text), key=lambda rule: rule["valid_from"])
    return int(newest["max_offline_days"])
