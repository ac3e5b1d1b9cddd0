"""The user guide: Markdown pages of `docs/guide/`, read, linked and searched without internet.

A file is `NN-page.md`; its headings carry the anchor that screens link to: `## Chercher {#search}`.
An anchor is the same in both languages and unique in the whole guide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gwa.common.text import fold
from gwa.common.typography import typeset

FALLBACK = "fr"
_ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")
_WORD = re.compile(r"[\w'’-]+")
_EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the words under it, up to the next heading."""

    anchor: str
    title: str
    text: str
    page: str
    page_title: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the guide in one language."""

    name: str
    title: str
    html: SafeString
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A section that answers a search, with the place where the words stand."""

    section: Section
    excerpt: SafeString
    url: str


def guide_folder() -> Path:
    """Return the folder that holds the guide."""
    return Path(settings.BASE_DIR) / "docs" / "guide"


def read_guide(language: str) -> tuple[Page, ...]:
    """Return the pages in reading order, in French where the language has no guide."""
    folder = guide_folder() / language
    if not folder.is_dir():
        folder = guide_folder() / FALLBACK
    files = sorted(folder.glob("*.md"))
    changed = max((file.stat().st_mtime_ns for file in files), default=0)
    return _read_files(tuple(files), changed)


def find_page(language: str, name: str) -> Page | None:
    """Return one page of the guide, or None."""
    return next((page for page in read_guide(language) if page.name == name), None)


def find_section(language: str, anchor: str) -> Section | None:
    """Return the section that bears this anchor, or None."""
    sections = (section for page in read_guide(language) for section in page.sections)
    return next((section for section in sections if section.anchor == anchor), None)


def section_url(anchor: str, language: str) -> str:
    """Return the address of a section; the guide's first page when the anchor is unknown."""
    section = find_section(language, anchor)
    if section is None:
        return reverse("guide:home")
    return f"{reverse('guide:page', args=[section.page])}#{anchor}"


def search_guide(language: str, words: str) -> list[Finding]:
    """Find the sections that hold every word typed, in any spelling of accents and case."""
    wanted = fold(words).split()
    if not wanted:
        return []
    found = []
    for page in read_guide(language):
        for section in page.sections:
            title, text = fold(section.title), fold(section.text)
            if all(word in f"{title} {text}" for word in wanted):
                rank = -sum(word in title for word in wanted)
                found.append((rank, section))
    found.sort(key=lambda pair: pair[0])
    return [
        Finding(section, _excerpt(section.text, wanted), section_url(section.anchor, language))
        for _, section in found
    ]


@cache
def _read_files(files: tuple[Path, ...], changed: int) -> tuple[Page, ...]:
    return tuple(_read_page(file) for file in files)


def _read_page(file: Path) -> Page:
    name, language = file.stem.split("-", 1)[1], file.parent.name
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    tokens = markdown.parse(file.read_text(encoding="utf-8"))
    _typeset(tokens, language)
    headings = _mark_headings(tokens, name, language)
    title = headings[0][1]
    sections = tuple(
        Section(anchor, heading, _words(tokens, start), name, title)
        for anchor, heading, start in headings
    )
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    _point_images(body)
    # The guide is ours, and raw HTML in it is switched off.
    html = mark_safe(markdown.renderer.render(body, markdown.options, {}))  # noqa: S308
    return Page(name=name, title=title, html=html, sections=sections)


def _typeset(tokens: Sequence[Token], language: str) -> None:
    """Set spaces and apostrophes in words; what is typed for a machine stays as it is."""
    for inline in tokens:
        if inline.type == "inline":
            for child in inline.children or ():
                if child.type == "text":
                    child.content = typeset(child.content, language)


def _mark_headings(tokens: Sequence[Token], page: str, language: str) -> list[tuple[str, str, int]]:
    """Give each heading its anchor and a link to itself; return anchor, words, position."""
    found = []
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        inline = tokens[place + 1]
        match = _ANCHOR.search(inline.content)
        anchor = match.group(1) if match else page
        title = typeset(_ANCHOR.sub("", inline.content), language)
        token.attrSet("id", anchor)
        text = Token("text", "", 0, content=title)
        inline.children = [text] if token.tag == "h1" else [text, *_self_link(anchor, title)]
        found.append((anchor, title, place + 2))
    return found


def _self_link(anchor: str, title: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {
        "class": "anchor",
        "href": f"#{anchor}",
        "aria-label": f"# {title}",
    }
    return [
        Token("link_open", "a", 1, attrs=attributes),
        Token("text", "", 0, content="#"),
        Token("link_close", "a", -1),
    ]


def _words(tokens: Sequence[Token], start: int) -> str:
    words = []
    for token in tokens[start:]:
        if token.type == "heading_open":
            break
        for child in token.children or ():
            words.append(" " if child.type in {"softbreak", "hardbreak"} else child.content)
        words.append(" ")
    return " ".join("".join(words).split())


def _point_images(tokens: Sequence[Token]) -> None:
    """Pictures are named in the text by their file, and served by our own address."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.attrSet("src", reverse("guide:image", args=[str(child.attrGet("src"))]))


def _excerpt(text: str, wanted: list[str]) -> SafeString:
    """Cut the text around the first word found, and mark the words."""
    spots = [m for m in _WORD.finditer(text) if any(word in fold(m.group()) for word in wanted)]
    start = max(0, spots[0].start() - _EXCERPT // 3) if spots else 0
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", start + _EXCERPT)
    end = len(text) if end < 0 else end
    parts: list[SafeString] = []
    here = start
    for match in spots:
        if match.end() > end:
            break
        parts.append(format_html("{}<mark>{}</mark>", text[here : match.start()], match.group()))
        here = match.end()
    parts.append(format_html("{}", text[here:end]))
    return format_html(
        "{}{}{}",
        "… " if start else "",
        format_html_join("", "{}", ((part,) for part in parts)),
        " …" if end < len(text) else "",
    )
