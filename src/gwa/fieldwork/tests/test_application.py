"""Gwa Collecte as a telephone gets it: one page, and all the files of a version or none."""

import base64
import hashlib
import json

import pytest
from django.test import Client

from gwa.fieldwork import application

CHUNKS = {
    "src/collecte.ts": {
        "file": "collecte-aaaaaaaa.js",
        "isEntry": True,
        "imports": ["_vue-bbbbbbbb.js"],
        "dynamicImports": ["src/interview.ts"],
        "css": ["collecte-cccccccc.css"],
        "assets": ["font-dddddddd.woff2"],
    },
    "_vue-bbbbbbbb.js": {"file": "vue-bbbbbbbb.js", "css": ["vue-eeeeeeee.css"]},
    "src/interview.ts": {"file": "interview-ffffffff.js", "imports": ["src/collecte.ts"]},
    "src/preview.ts": {
        "file": "preview-gggggggg.js",
        "isEntry": True,
        "imports": ["_vue-bbbbbbbb.js"],
    },
    "src/sw.ts": {"file": "sw.js", "isEntry": True},
}
LOOSE = ["worker-hhhhhhhh.js", "manifest.json"]


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A build of two entries that share a chunk, with a worker that the program starts itself."""
    files = {name for chunk in CHUNKS.values() for name in application._files_of(chunk)}
    for name in [*files, *LOOSE]:
        (tmp_path / name).write_text(name)
    (tmp_path / "manifest.json").write_text(json.dumps(CHUNKS))
    monkeypatch.setattr(application, "folder", lambda: tmp_path)
    monkeypatch.setattr("gwa.fieldwork.views.application.folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def browser(db):
    return Client()


def test_a_version_is_the_page_and_every_file_that_it_may_ask_for(built, browser):
    told = browser.get("/collecte/version.json").json()
    files = {name.removeprefix("/static/collecte/") for name in told["files"]}
    assert {
        "/collecte/",
        "/collecte/manifest.webmanifest",
        "collecte-aaaaaaaa.js",
        "collecte-cccccccc.css",
        "font-dddddddd.woff2",
        "interview-ffffffff.js",
        "vue-bbbbbbbb.js",
        "vue-eeeeeeee.css",
        "worker-hhhhhhhh.js",
    } <= files
    assert not files & {"preview-gggggggg.js", "sw.js", "manifest.json"}


def test_each_file_has_the_fingerprint_of_what_is_served(built, browser):
    told = browser.get("/collecte/version.json").json()["files"]
    for name in ("/collecte/", "/collecte/manifest.webmanifest"):
        assert told[name] == fingerprint(browser.get(name).content)
    file = "vue-bbbbbbbb.js"
    assert told[f"/static/collecte/{file}"] == fingerprint((built / file).read_bytes())


def fingerprint(content):
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def test_another_file_is_another_version_and_another_language_is_not(built, browser):
    before = browser.get("/collecte/version.json").json()["version"]
    english = {"Accept-Language": "en"}
    assert browser.get("/collecte/version.json", headers=english).json()["version"] == before
    (built / "worker-iiiiiiii.js").write_text("another")
    (built / "manifest.json").write_text(json.dumps(CHUNKS) + " ")
    assert browser.get("/collecte/version.json").json()["version"] != before


def test_the_page_is_small_and_the_same_for_everybody(built, browser):
    page = browser.get("/collecte/").content.decode()
    assert page == browser.get("/collecte/", headers={"Accept-Language": "en"}).content.decode()
    assert 'src="/static/collecte/collecte-aaaaaaaa.js"' in page
    assert '<link rel="modulepreload" href="/static/collecte/vue-bbbbbbbb.js">' in page
    assert "interview-ffffffff.js" not in page, "it comes when it is asked for"
    places = [page.index(name) for name in ("vue-eeeeeeee.css", "collecte-cccccccc.css")]
    assert places == sorted(places)
    assert len(page) < 1500


def test_only_the_application_may_run_webassembly_and_ask_for_the_camera(built, browser):
    answer = browser.get("/collecte/")
    policy = answer.headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "media-src 'self' blob:" in policy
    assert "unsafe-inline" not in policy
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    elsewhere = browser.get("/account/login/").headers
    assert "wasm" not in elsewhere["Content-Security-Policy"]
    assert "camera=()" in elsewhere["Permissions-Policy"]


@pytest.mark.parametrize(
    "path", ["", "sw.js", "version.json", "manifest.webmanifest", "worker/worker-hhhhhhhh.js"]
)
def test_no_cache_answers_in_the_place_of_the_server(built, browser, path):
    assert browser.get(f"/collecte/{path}").headers["Cache-Control"] == "no-cache"


def test_the_worker_is_a_script_and_the_manifest_names_icons_that_exist(built, browser):
    assert browser.get("/collecte/sw.js").headers["Content-Type"].startswith("text/javascript")
    manifest = browser.get("/collecte/manifest.webmanifest").json()
    assert (manifest["scope"], manifest["display"]) == ("/collecte/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_what_works_beside_the_page_is_within_the_scope_and_of_this_version(built, browser):
    answer = browser.get("/collecte/worker/worker-hhhhhhhh.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    for name in ("manifest.json", "preview-gggggggg.js", "vue-eeeeeeee.css"):
        assert browser.get(f"/collecte/worker/{name}").status_code == 404


def test_where_it_was_not_built_there_is_nothing(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(application, "folder", lambda: tmp_path)
    assert browser.get("/collecte/").status_code == 404
