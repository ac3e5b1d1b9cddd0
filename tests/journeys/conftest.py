"""Chromium walks through the pages as people do; axe and the content policy watch each of them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.journeys.accessibility import ask_axe

PHONE = 360
DESK = 1440
HEIGHTS = {PHONE: 740, DESK: 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--enable-unsafe-swiftshader",  # maps need WebGL, and this machine has no graphics card
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
SCREENSHOTS = Path(settings.BASE_DIR) / ".gwa" / "screenshots"
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => gwaReport(
    `${event.effectiveDirective} refused ${event.blockedURI} (${event.sample})`))
"""
DRAWN = """() => [...document.querySelectorAll('gwa-map, gwa-chart')]
    .every((element) => element.hasAttribute('data-idle'))"""

# Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Walk:
    """One person's browser: opens pages and keeps what went wrong on them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.refused: list[str] = []
        self.errors: list[str] = []
        context.expose_binding("gwaReport", lambda source, text: self.refused.append(text))
        context.add_init_script(REPORT_VIOLATIONS)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._keep_error)

    def _keep_error(self, message: Any) -> None:
        is_page_status = "the server responded with a status of" in message.text
        if message.type == "error" and not is_page_status:
            self.errors.append(message.text)

    def enter_as(self, user: Any) -> None:
        """Sign a user in without the log-in page, which has its own journey."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.address, "httpOnly": True}]
        )

    def open(self, path: str) -> Response | None:
        """Open a page and wait until its maps and charts are drawn."""
        answer = self.page.goto(self.address + path)
        self.wait_until_drawn()
        return answer

    def wait_until_drawn(self) -> None:
        """Wait for fonts, maps and charts, so that pictures are the same each time."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_function(DRAWN, timeout=20_000)
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def axe(self) -> list[str]:
        """Return what axe finds wrong on the page, one line a finding."""
        return ask_axe(self.page)

    def overflows(self) -> bool:
        """Tell whether the page must be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def shoot(self, name: str) -> Path:
        """Keep a picture of the whole page in `.gwa/screenshots/`."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        file = SCREENSHOTS / f"{name}.png"
        # Hiding the caret would leave style attributes behind, which the content policy refuses
        # when htmx copies them.
        self.page.screenshot(path=str(file), full_page=True, caret="initial")
        return file

    def assert_clean(self) -> None:
        """Fail where the page is refused something, breaks, overflows or bars someone's way."""
        assert self.axe() == []
        assert self.refused == [], "the content policy refused something"
        assert self.errors == []
        assert not self.overflows(), "the page is wider than the screen"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("Chromium manque : apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def start_walk(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Walk]]:
    """Open browsers on the live server: `start_walk(width=PHONE, language="en")`."""
    contexts: list[BrowserContext] = []

    def start(*, width: int = DESK, language: str = "fr", **options: Any) -> Walk:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            reduced_motion="reduce",
            timezone_id="Africa/Bamako",
            **options,
        )
        contexts.append(context)
        return Walk(context, live_server.url)

    yield start
    for context in contexts:
        context.close()
