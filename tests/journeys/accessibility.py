"""What bars somebody's way on a page, as axe sees it."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

_AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"


def ask_axe(page: Page) -> list[str]:
    """Return what axe finds wrong on the page, one line a finding."""
    page.evaluate(_AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
