"""The interview on a cheap telephone: Chromium slowed six times, the full form, twelve people.

The built application is served with its own policy and kept by the browser, as on a telephone
without network. Times are read in the page, from the touch to what it shows. `size` is how many
households the telephone knows; the first has twelve people. The application around the interview
follows (`_telephone`), with ten thousand.
"""

import functools
import gzip
import http.server
import json
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page, sync_playwright
from pyxform.xls2xform import convert

from benchmarks import Figure, _telephone
from gwa.questionnaires.scenes import read_scene

NAME = "phone"
SIZE = 2000
_SLOWER = 6
_BUILT = Path(settings.BASE_DIR) / "src" / "gwa" / "static" / "collecte"
_FORM = Path(settings.BASE_DIR) / "questionnaires" / "rsu-menage" / "rsu-menage.xlsx"
_VILLAGES = 40
_PEOPLE = 12
_TARGETS = {"phone_first_question": 5.0, "phone_twelve_people": 1.5}
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'"
)
_PAGE = """<!doctype html><html lang="fr"><title>Gwa</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{styles}<link rel="stylesheet" href="/whole.css"><script type="module" src="/{script}"></script>
<script type="application/json" id="gwa-preview-data">{told}</script><main id="gwa-preview"></main>
"""
_WHOLE = "html, body { margin: 0; height: 100% } #gwa-preview { block-size: 100vh !important }"
# Runs in the page: from a touch to the first frame that shows what is looked for.
_TIME = """([touch, wanted]) => new Promise((done) => {
  const began = performance.now()
  const look = () => document.querySelector('.iv-page').innerText.includes(wanted)
    ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look)
  requestAnimationFrame(look)
  ;[...document.querySelectorAll('.iv button, .iv label')]
    .find((one) => one.innerText.includes(touch)).click()
})"""


def run(size: int) -> list[Figure]:
    """Open the form cold, then a household of twelve, one person of it, and one answer.

    Each as the slowed telephone shows it, and in processor time at full speed, which the other work
    of the machine disturbs less.
    """
    with _serving(_told(size)) as address, sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
        flags = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        try:
            _hold(Held(context.new_page(), slower=1), address)  # fills the browser's cache
            bare = _hold(Held(context.new_page(), slower=1), address)
            slow = _hold(Held(context.new_page(), slower=_SLOWER), address)
        finally:
            browser.close()
    data = f"full form, {size} households on the telephone"
    slowed = f"{data}, processor {_SLOWER} times slower"
    return [
        *(Figure(n, s, "s", slowed, target=_TARGETS.get(n)) for n, s in slow.seconds.items()),
        *(Figure(f"{n}_processor", s, "s", data) for n, s in bare.processor.items()),
        Figure("phone_memory", slow.memory, "MiB", f"{data}; heap of scripts"),
        *_sizes(),
        *_telephone.measure(),
    ]


class Held:
    """An interview being held: how long each step took, on the screen and of processor."""

    def __init__(self, page: Page, *, slower: int) -> None:
        page.set_default_timeout(300_000)
        self.page = page
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self.memory = 0.0
        self._tools = page.context.new_cdp_session(page)
        self._tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def open(self, name: str, address: str) -> None:
        """Open the page and wait for its first question."""
        self.page.goto(address, wait_until="commit")
        self.page.wait_for_selector(".iv-question")
        self.seconds[name] = self.page.evaluate("performance.now() / 1000")
        self.processor[name] = self._spent()

    def touch(self, what: str, wanted: str, *, name: str = "") -> None:
        """Touch something, and wait until the screen shows what is wanted."""
        before = self._spent()
        seconds = self.page.evaluate(_TIME, [what, wanted]) / 1000
        if name:
            self.seconds[name] = seconds
            self.processor[name] = self._spent() - before

    def weigh(self) -> None:
        """Read the scripts' memory once the rubbish is out, in MiB."""
        self._tools.send("HeapProfiler.collectGarbage")
        self.memory = self.page.evaluate("performance.memory.usedJSHeapSize / 2 ** 20")

    def _spent(self) -> float:
        metrics = self._tools.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _hold(held: Held, address: str) -> Held:
    page, touch = held.page, held.touch
    held.open("phone_first_question", address)
    for label, place in (("Région", "Sikasso"), ("Cercle", "Sikasso"), ("Commune", "Kléla")):
        page.get_by_label(label).select_option(label=place)
    page.get_by_role("radio", name="Village 1", exact=True).check()
    touch("Suivant", "déjà inscrit")
    page.get_by_role("radio", name="Oui, il est dans").check()
    touch("Suivant", "Lequel")
    # The list of its people comes with the choice; the page says when it is there.
    touch(f"Ménage 0 – {_PEOPLE}", "Lequel")
    page.locator(".iv-page:not([inert])").wait_for()
    touch("Suivant", "Ménage trouvé")
    touch("Suivant", "Dans quelle langue")
    page.get_by_role("radio", name="Bambara").check()
    page.get_by_role("radio", name="Non").check()
    touch("Suivant", "Ce n’est pas un impôt")
    touch("Suivant", "Acceptez-vous")
    touch("Oui", "Comment le consentement", name="phone_twelve_people")
    page.get_by_role("button", name="Sommaire").click()
    page.get_by_role("dialog").get_by_role("button", name="Membres du ménage").click()
    touch("Suivant", f"{_PEOPLE}. ", name="phone_hub_of_twelve")
    touch("Continuer avec", "Où est cette personne", name="phone_one_person")
    touch("A mangé de ce pot", "Où est cette personne", name="phone_one_answer")
    held.weigh()
    return held


def _sizes() -> list[Figure]:
    """What a telephone must load before the first question, and the decoder of codes beside it."""
    manifest = json.loads((_BUILT / "manifest.json").read_text())
    files: set[str] = set()

    def gather(entry: dict[str, Any]) -> None:
        files.update([entry["file"], *entry.get("css", [])])
        for name in entry.get("imports", []):
            gather(manifest[name])

    gather(manifest["src/preview.ts"])
    decoder = [name for name in (file.name for file in _BUILT.iterdir()) if name.endswith(".wasm")]
    return [
        Figure("phone_first_load", _compressed(files), "kB", "interview alone, gzip", target=600),
        Figure("phone_code_decoder", _compressed(set(decoder)), "kB", "gzip, when first used"),
    ]


def _compressed(files: set[str]) -> float:
    return sum(len(gzip.compress((_BUILT / name).read_bytes())) for name in files) / 1000


def _told(size: int) -> dict[str, Any]:
    lists = dict(read_scene("twelve")["files"])
    villages = [
        f"030101{n:02},Village {n},settlement,03,0301,030101" for n in range(1, _VILLAGES + 1)
    ]
    places = lists["zones.csv"].splitlines()[:4]
    lists["zones.csv"] = "\n".join([*places, *villages])
    households, persons = (
        [lists["menages.csv"].splitlines()[0]],
        [lists["personnes.csv"].splitlines()[0]],
    )
    for household in range(size):
        people = _PEOPLE if household == 0 else 2 + household % 10
        zone = f"030101{household % _VILLAGES + 1:02}"
        households.append(f"h{household},Ménage {household} – {people},1,{zone},GWA{household:08}")
        for person in range(people):
            who = f"p{household}-{person},Personne {person},1,h{household},Prénom {person},Traoré"
            kind = f"{'FM'[person % 2]},{'child' if person else 'head'}"
            year = 1960 + 4 * person
            persons.append(f"{who},{kind},{year}-01-01,{year}-12-31")
    lists |= {"menages.csv": "\n".join(households), "personnes.csv": "\n".join(persons)}
    xform = convert(_FORM.read_bytes(), file_type=".xlsx").xform
    return {"xform": xform, "lists": lists, "media": {}, "tongue": "fr"}


@contextmanager
def _serving(told: dict[str, Any]) -> Iterator[str]:
    manifest = json.loads((_BUILT / "manifest.json").read_text())
    entry = manifest["src/preview.ts"]
    sheets = [
        *entry.get("css", []),
        *(css for name in entry["imports"] for css in manifest[name].get("css", [])),
    ]
    page = _PAGE.format(
        styles="".join(f'<link rel="stylesheet" href="/{name}">' for name in sheets),
        script=entry["file"],
        told=json.dumps(told).replace("<", r"\u003c"),
    )
    pages = {"/": ("text/html; charset=utf-8", page), "/whole.css": ("text/css", _WHOLE)}
    pages["/favicon.ico"] = ("image/x-icon", "")
    kept = type("Kept", (_Handler,), {"pages": pages})
    handler = functools.partial(kept, directory=str(_BUILT))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """The built files for ever, and the page."""

    pages: Mapping[str, tuple[str, str]] = {}

    def do_GET(self) -> None:
        if self.path not in self.pages:
            super().do_GET()
            return
        kind, text = self.pages[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("Cache-Control", "max-age=31536000, immutable")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""
