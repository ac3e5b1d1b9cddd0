"""The steps of the sheet: each keeps what was typed, and goes on once nothing is wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gwa.collection.forms.desk.checks import STEPS, Finding, find_findings
from gwa.collection.forms.desk.closing import ACCEPTED
from gwa.collection.forms.desk.sheet import Sheet
from gwa.collection.views.desk.drafting import (
    after,
    answer_gone,
    bar,
    draft_name,
    go_to,
    keep_step,
    names_in,
    posted,
    sheet_of,
    step_url,
    told_of,
)
from gwa.collection.views.desk.papers import list_papers, take_paper
from gwa.collection.views.desk.roster import change_roster
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import Fields
from gwa.registry.views.asking import reader_of
from gwa.variables.rules.definitions import Level

Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """One step: how it is drawn, and what its own buttons do before going on."""

    step: str
    template: str
    draw: Callable[[Sheet, str], Context]
    key: str = ""
    act: Callable[[HttpRequest, UUID, Fields], Fields | None] | None = None


def _show(request: HttpRequest, registration_id: UUID, page: Page) -> HttpResponse:
    """Keep what is sent and go on, or draw the step with what is wrong in it."""
    told = told_of(request, registration_id)
    if request.method == "POST" and "whole" not in request.POST:
        return _answer_cut(request, registration_id, page)
    if request.method == "POST" and told is not None:
        told = keep_step(request, registration_id, posted(request), page.step, page.key)
    if told is None:
        return answer_gone(request, registration_id)
    if request.method != "POST":
        return _draw(request, registration_id, page, told, checks="check" in request.GET)
    if page.act and page.act(request, registration_id, told) is not None:
        return redirect(step_url(registration_id, page.step, page.key))
    if "go" in request.POST:
        return redirect(go_to(registration_id, request.POST["go"]))
    sheet = sheet_of(request, registration_id, told, checks=True)
    if any(_is_here(one, page) for one in find_findings(sheet, sheet.tell())):
        return _draw(request, registration_id, page, told, checks=True)
    return redirect(after(sheet, page.step, page.key))


def _answer_cut(request: HttpRequest, registration_id: UUID, page: Page) -> HttpResponse:
    """Keep nothing of a sending that lacks its end: what is missing would be erased."""
    messages.warning(
        request, _("L’envoi a été coupé : ce qui était gardé l’est toujours. Recommencez.")
    )
    return redirect(step_url(registration_id, page.step, page.key))


def _is_here(finding: Finding, page: Page) -> bool:
    """Tell whether it must be mended on this page."""
    is_mine = finding.step == page.step and (page.step != "person" or finding.key == page.key)
    return is_mine and not finding.is_warning


def _draw(
    request: HttpRequest, registration_id: UUID, page: Page, told: Fields, *, checks: bool
) -> HttpResponse:
    sheet = sheet_of(request, registration_id, told, checks=checks)
    findings: list[Finding] = []
    if checks:
        findings = [one for one in find_findings(sheet, sheet.tell()) if _is_here(one, page)]
        tie_to_fields(findings)
    context: Mapping[str, object] = {
        "registration_id": registration_id,
        "sheet": sheet,
        "step": page.step,
        "step_label": STEPS[page.step],
        "key": page.key,
        "steps": bar(sheet, page.step),
        "findings": findings,
        "draft_url": draft_url(registration_id, page.step, page.key),
        "people": names_in(sheet.asked_members),
        **page.draw(sheet, page.key),
    }
    return render(request, page.template, {**context})


def tie_to_fields(findings: list[Finding]) -> None:
    """Show each finding beside its field."""
    for one in findings:
        form = one.form
        is_told = form is not None and one.sentence in form.errors.get(one.field, [])
        if form is not None and one.field in form.fields and not is_told:
            form.add_error(one.field, one.sentence)


def draft_url(registration_id: UUID, step: str, key: str) -> str:
    """Return the address where the step keeps what is being typed."""
    return reverse("collection:desk_draft", args=[registration_id, step, key or "0"])


@needs(REGISTER)
def place(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Step 1: where and when."""
    page = Page("place", "collection/desk/place.html", lambda sheet, key: {"form": sheet.place})
    return _show(request, registration_id, page)


@needs(REGISTER)
def members(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Step 2: who lives there."""
    may_search = reader_of(request).has_right("registry.search")

    def draw(sheet: Sheet, key: str) -> Context:
        return {"lines": sheet.lines, "may_search": may_search, "blank": sheet.blank_line()}

    page = Page("members", "collection/desk/members.html", draw, act=change_roster)
    return _show(request, registration_id, page)


@needs(REGISTER)
def household(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Step 3: the household's questions."""

    def draw(sheet: Sheet, key: str) -> Context:
        parts = sheet.parts(sheet.household, Level.HOUSEHOLD)
        return {"form": sheet.household, "parts": parts, "prefix": "h"}

    return _show(
        request, registration_id, Page("household", "collection/desk/questions.html", draw)
    )


@needs(REGISTER)
def person(request: HttpRequest, registration_id: UUID, key: int) -> HttpResponse:
    """Step 4: the questions of one member."""

    def draw(sheet: Sheet, key: str) -> Context:
        line = next((one for one in sheet.asked_members if one.key == key), None)
        if line is None:
            raise Http404
        form = sheet.person(line)
        parts = sheet.parts(form, Level.PERSON, line.told_facts())
        return {"form": form, "parts": parts, "line": line, "prefix": f"p{key}"}

    page = Page("person", "collection/desk/questions.html", draw, key=str(key))
    return _show(request, registration_id, page)


@needs(REGISTER)
def closing(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Step 5: consent and papers."""
    author = reader_of(request).pk

    def draw(sheet: Sheet, key: str) -> Context:
        papers = list_papers(author, draft_name(registration_id), sheet.told)
        return {"form": sheet.closing, "papers": papers, "accepted": ACCEPTED}

    page = Page("closing", "collection/desk/closing.html", draw, act=take_paper)
    return _show(request, registration_id, page)
