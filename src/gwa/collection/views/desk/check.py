"""The last step: everything that is wrong at once, then one transaction."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gwa.collection.actions.desk import DeskEntry, Paper, register_at_desk
from gwa.collection.forms.desk.checks import Finding, find_findings
from gwa.collection.forms.desk.sheet import Sheet, Told
from gwa.collection.views.desk.drafting import (
    answer_gone,
    bar,
    draft_name,
    go_to,
    sheet_of,
    step_url,
    told_of,
)
from gwa.collection.views.desk.numbered import compare_second, paper_of
from gwa.collection.views.desk.papers import list_papers
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import forget_draft, lock_draft, read_file
from gwa.common.errors import DomainError
from gwa.journal.models import Actor
from gwa.registry.models import Household, Identifier, Person, Source
from gwa.registry.rules.facts import PersonFacts
from gwa.registry.rules.numbers import show_number
from gwa.registry.sources import source_of_person
from gwa.registry.views.asking import actor_of, household_url, reader_of
from gwa.registry.words import say_birth

LONGEST_REASON = 500


@needs(REGISTER)
def check(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Show what is to be mended or confirmed; register once nothing is."""
    if request.method == "POST" and "go" in request.POST:
        return redirect(go_to(registration_id, request.POST["go"]))
    if request.method == "POST":
        return _register(request, registration_id)
    told = told_of(request, registration_id)
    if told is None:
        return answer_gone(request, registration_id)
    return _draw(request, sheet_of(request, registration_id, told, checks=True))


def _register(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Register what the draft holds, once, however often it is asked."""
    author, name = reader_of(request).pk, draft_name(registration_id)
    # Held until the end: a second sending waits here, then finds no draft and says so.
    fields = lock_draft(author_id=author, form=name)
    if fields is None:
        return answer_gone(request, registration_id)
    sheet = sheet_of(request, registration_id, fields, checks=True)
    told = sheet.tell()
    is_second = paper_of(fields) is not None
    findings = find_findings(sheet, told, searches=not is_second)
    if is_second and all(one.is_warning for one in findings):
        return compare_second(request, registration_id, fields)
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST_REASON]
    warnings = [one for one in findings if one.is_warning]
    if len(warnings) < len(findings) or (warnings and not reason):
        refusal = "" if len(warnings) < len(findings) else _("Dites pourquoi vous confirmez.")
        return _draw(request, sheet, refusal=refusal, reason=reason)
    papers = [
        Paper(paper.title, kept[0])
        for paper in list_papers(author, name, fields)
        if (kept := read_file(author_id=author, form=name, file_id=paper.id))
    ]
    try:
        household = register_at_desk(
            entry=_entry(sheet, told, papers, warnings),
            source=_source(sheet, actor_of(request)),
            by=reader_of(request),
            actor=actor_of(request),
            reason=reason,
        )
    except DomainError as refusal:
        return _draw(request, sheet, refusal=refusal.sentence, reason=reason)
    forget_draft(author_id=author, form=name)
    _warn_of_claims(request, household)
    number = show_number(household.registry_number)
    messages.success(
        request,
        _("Le ménage est enregistré sous le numéro RSU %(number)s.") % {"number": number},
    )
    return redirect(household_url(household))


def _warn_of_claims(request: HttpRequest, household: Household) -> None:
    """Say that a number typed is held by somebody else: it is kept, and waits to be settled."""
    claims = Identifier.objects.filter(
        person__memberships__household=household, is_claim=True, ended_on__isnull=True
    )
    for claim in claims.select_related("person"):
        messages.warning(
            request,
            _(
                "Le numéro donné à %(name)s est déjà porté par une autre personne du registre : il "
                "est gardé comme réclamé, et attend d’être arbitré."
            )
            % {"name": claim.person},
        )


def _entry(sheet: Sheet, told: Told, papers: list[Paper], warnings: list[Finding]) -> DeskEntry:
    return DeskEntry(
        household=told.household,
        members=told.members,
        identifiers=told.identifiers,
        leaving=told.leaving,
        new_compound=sheet.place.new_compound,
        papers=papers,
        paper_number=sheet.place.numbered,
        typed=sheet.told,
        accepted=[one.code for one in warnings],
    )


def _source(sheet: Sheet, actor: Actor) -> Source:
    """Return where the facts come from: the paper with its number, or the visit."""
    kind = Source.Kind(sheet.place.read("source_kind") or Source.Kind.PAPER)
    number = sheet.place.typed("paper_number")
    words = _("fiche n° %(number)s") % {"number": number} if number else ""
    return source_of_person(kind, actor, sheet.place.day, paper=words)


def _draw(
    request: HttpRequest, sheet: Sheet, *, refusal: str = "", reason: str = ""
) -> HttpResponse:
    told = sheet.tell()
    is_second = paper_of(sheet.told) is not None
    findings = find_findings(sheet, told, searches=not is_second)
    form = draft_name(sheet.registration_id)
    context = {
        "registration_id": sheet.registration_id,
        "sheet": sheet,
        "steps": bar(sheet, "check"),
        "problems": [_place(sheet, one) for one in findings if not one.is_warning],
        "warnings": [_place(sheet, one) for one in findings if one.is_warning],
        "people": _people(sheet, told),
        "papers": list_papers(reader_of(request).pk, form, sheet.told),
        "refusal": refusal,
        "reason": reason,
        "is_second": is_second,
    }
    status = 200 if request.method != "POST" else 422
    return render(request, "collection/desk/check.html", context, status=status)


def _place(sheet: Sheet, finding: Finding) -> dict[str, object]:
    """Return a finding with the address of the field where it is mended."""
    step = step_url(sheet.registration_id, finding.step, finding.key)
    return {"finding": finding, "url": f"{step}?check=1#{finding.anchor}"}


def _people(sheet: Sheet, told: Told) -> list[dict[str, object]]:
    """Return the roster as it was understood."""
    people = []
    for line, member in zip(sheet.members, told.members, strict=True):
        facts = member.person if isinstance(member.person, PersonFacts) else None
        people.append(
            {
                "name": line.name,
                "sex": _say_sex(line.known.sex if line.known else line.typed("sex")),
                "birth": say_birth(facts.birth) if facts else "",
                "is_known": line.known is not None,
                "link": dict(line.fields["relationship"].choices).get(member.relationship, ""),  # type: ignore[attr-defined]
                "has_nina": bool(line.typed("nina")),
            }
        )
    return people


def _say_sex(code: str) -> str:
    return str(Person.Sex(code).label) if code in Person.Sex.values else ""
