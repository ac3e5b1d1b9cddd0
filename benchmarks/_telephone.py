"""Gwa Collecte itself on a telephone without network: from its start to the first question.

It is enrolled once with a true server and the lists of ten thousand households; then the network is
cut. The browser slows the page and not what works beside it (the search, the cipher): what those
take is told at full speed, or six times as long.
"""

import shutil
import tempfile
from dataclasses import dataclass, field

from django.db import transaction
from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks import Figure
from benchmarks._country import become_application, load_once
from benchmarks._enrolled import enrol_with_lists
from benchmarks._served import serving
from gwa.common.scope import everywhere
from gwa.registry.models import Household

_COUNTRY = 100_000
_SLOWER = 6
_PIN = "274913"
_TYPED = ("Traoré Mariam", "Coulibaly", "diara")
_PATIENCE_MS = 120_000
# Long enough for what is made ready while nobody touches the telephone.
_CALM_MS = 20_000
_TARGETS = {"phone_pin_page": 2.0, "phone_first_question_app": 5.0, "phone_search_typing": 50.0}
# Runs in the page: the seconds from a touch to the first frame that shows something.
_TIME = """([touched, wanted]) => new Promise((done) => {
  const began = performance.now()
  const seen = () => [...document.querySelectorAll(wanted)].some((one) => one.offsetParent)
  const look = () => seen() ? requestAnimationFrame(() => done((performance.now() - began) / 1000))
    : requestAnimationFrame(look)
  requestAnimationFrame(look)
  ;[...document.querySelectorAll('button')].find((one) => one.innerText.includes(touched)).click()
})"""
# Runs in the page: the seconds from the last letter to the first household that is shown.
_ANSWER = """(typed) => new Promise((done) => {
  const box = document.querySelector('input[type=search]')
  box.value = typed
  const began = performance.now()
  const look = () => document.querySelector('.list .item')
    ? requestAnimationFrame(() => done((performance.now() - began) / 1000))
    : requestAnimationFrame(look)
  requestAnimationFrame(look)
  box.dispatchEvent(new Event('input', { bubbles: true }))
})"""
_WATCH_TASKS = """() => {
  window.longest = 0
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration)
  }).observe({ type: 'longtask' })
}"""


@dataclass
class _Times:
    """What the page took, in seconds; the longest task while a name is typed in milliseconds."""

    seconds: dict[str, float] = field(default_factory=dict)
    longest: float = 0.0


def measure() -> list[Figure]:
    """Start the application a second time, open it, search, and begin an interview."""
    with transaction.atomic(), everywhere():
        is_empty = not Household.objects.exists()
    if is_empty:
        load_once(_COUNTRY)
    become_application()
    _version, token, households = enrol_with_lists()
    with (
        serving() as port,
        tempfile.TemporaryDirectory() as profile,
        sync_playwright() as playwright,
    ):
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=next(filter(None, map(shutil.which, ("chromium", "chromium-browser")))),
            args=["--no-sandbox"],
            base_url=f"http://localhost:{port}",
            viewport={"width": 390, "height": 844},
            locale="fr-FR",
        )
        try:
            _enrol(context.pages[0], token)
            context.set_offline(True)
            _start(context, slower=1)  # fills the browser's own cache
            fast = _start(context, slower=1)
            slow = _start(context, slower=_SLOWER)
        finally:
            context.close()
    data = f"full form, {households} households on the telephone, without network"
    slowed = f"{data}, processor {_SLOWER} times slower"
    names = ("phone_pin_page", "phone_first_question_app", "phone_search_answer")
    beside = f"{_SLOWER} times what it takes at full speed, beside the page"
    return [
        *(Figure(n, slow.seconds[n], "s", slowed, target=_TARGETS.get(n)) for n in names),
        Figure(
            "phone_search_ready", _SLOWER * fast.seconds["phone_search_ready"], "s",
            f"{data}, {beside}",
        ),
        Figure(
            "phone_search_typing", slow.longest, "ms", f"{slowed}, longest task of the page",
            target=_TARGETS["phone_search_typing"],
        ),
        Figure("phone_unlock", fast.seconds["phone_unlock"], "s", f"{data}, at full speed"),
        Figure(
            "phone_unlock_slowed", slow.seconds["phone_unlock"], "s", f"{slowed}, but the cipher"
        ),
    ]  # fmt: skip


def _enrol(page: Page, token: str) -> None:
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(f"/collecte/#enrol={token}")
    page.get_by_label("Nouveau code").fill(_PIN)
    page.get_by_label("Encore une fois").fill(_PIN)
    page.locator("button:enabled", has_text="Nouvel entretien").wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.has('gwa-choice')")


def _start(context: BrowserContext, *, slower: int) -> _Times:
    """Start the application on a page of its own, up to the first question."""
    page, times = context.new_page(), _Times()
    page.set_default_timeout(_PATIENCE_MS)
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto("/collecte/", wait_until="commit")
    page.get_by_label("Votre code").wait_for()
    times.seconds["phone_pin_page"] = page.evaluate("performance.now() / 1000")
    began = page.evaluate("performance.now()")
    page.get_by_label("Votre code").fill(_PIN)
    page.locator("button:enabled", has_text="Nouvel entretien").wait_for()
    times.seconds["phone_unlock"] = (page.evaluate("performance.now()") - began) / 1000
    page.wait_for_timeout(_CALM_MS)
    _search(page, times)
    new = "button:has-text('nouveau ménage')"
    page.locator(new).wait_for()
    times.seconds["phone_first_question_app"] = page.evaluate(
        _TIME, ["nouveau ménage", ".iv-question"]
    )
    page.close()
    return times


def _search(page: Page, times: _Times) -> None:
    """Open the search, and type as a hand does."""
    began = page.evaluate("performance.now()")
    page.get_by_role("button", name="Nouvel entretien").click()
    _wait_for_status(page, "sur ce téléphone")
    times.seconds["phone_search_ready"] = (page.evaluate("performance.now()") - began) / 1000
    page.evaluate(_WATCH_TASKS)
    box = page.get_by_role("searchbox")
    for typed in _TYPED:
        box.fill("")
        box.press_sequentially(typed, delay=150)
        _wait_for_status(page, "trouvé")
    page.wait_for_timeout(1000)
    times.longest = page.evaluate("window.longest")
    box.fill("")
    _wait_for_status(page, "sur ce téléphone")
    times.seconds["phone_search_answer"] = page.evaluate(_ANSWER, _TYPED[0])


def _wait_for_status(page: Page, said: str) -> None:
    """Wait until the page says so under the box, without searching all of it."""
    told = "(said) => document.querySelector('p[role=status]')?.innerText.includes(said)"
    page.wait_for_function(told, arg=said, polling="raf")
