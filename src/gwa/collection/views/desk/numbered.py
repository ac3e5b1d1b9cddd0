"""Numbered paper forms: printed, followed, keyed again by another clerk, compared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.accounts.models import User
from gwa.collection.actions.paper_forms import MOST_AT_ONCE, key_again, print_paper_forms
from gwa.collection.forms.desk.comparing import Difference, compare_keyings
from gwa.collection.forms.desk.printing import PrintForm
from gwa.collection.forms.desk.sheet import Sheet
from gwa.collection.models import PaperForm
from gwa.collection.paper_form import draw_paper_forms
from gwa.collection.views.desk.drafting import draft_name, step_url
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import Fields, forget_draft, keep_draft
from gwa.common.errors import DomainError
from gwa.common.ids import new_id, read_uuid
from gwa.common.listing import read_page
from gwa.common.scope import EVERYWHERE
from gwa.questionnaires.models import FormVersion
from gwa.registry.models.base import ZonedQuerySet
from gwa.registry.views.asking import actor_of, reader_of
from gwa.variables.queries import current_version
from gwa.zones.models import Zone

# The draft of a second keying bears the form that it keys again, in a field of no step.
SECOND = "second-of"
ORDERS = {"number": ("count",), "keyed": ("keyed_at",)}


@needs(REGISTER)
@require_GET
def show_paper_forms(request: HttpRequest) -> HttpResponse:
    """List the forms printed in the reader's zones, and those to key again first."""
    rows = PaperForm.objects.visible_to(reader_of(request)).select_related(
        "form_version__form", "keyed_by", "second_by", "household"
    )
    context = {
        "page": read_page(rows, request.GET, orders=ORDERS, default="-number"),
        "to_key_again": list(_to_key_again(reader_of(request))[:20]),
        "form": PrintForm(versions=_in_service()),
    }
    return render(request, "collection/desk/paper_forms.html", context)


@needs(REGISTER)
@require_POST
def print_forms(request: HttpRequest) -> HttpResponse:
    """Number so many forms and give them as one PDF."""
    form = PrintForm(request.POST, versions=_in_service())
    if not form.is_valid():
        messages.error(
            request,
            _("Choisissez un questionnaire, et de 1 à %(most)s fiches.") % {"most": MOST_AT_ONCE},
        )
        return redirect("collection:paper_forms")
    version = form.cleaned_data["version"]
    made = print_paper_forms(
        version=version,
        copies=form.cleaned_data["copies"],
        zone_path=_zone_of(reader_of(request)),
        actor=actor_of(request),
    )
    answer = HttpResponse(draw_paper_forms(made, version), content_type="application/pdf")
    name = f"{version.form.code}-{made[0].number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@needs(REGISTER)
@require_POST
def begin_second(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Open an empty sheet to key a drawn form again."""
    reader = reader_of(request)
    form = get_object_or_404(_to_key_again(reader), pk=paper_id)
    key = new_id()
    fields = {SECOND: [str(form.pk)], "place-paper_number": [form.number]}
    keep_draft(author_id=reader.pk, form=draft_name(key), fields=fields)
    return redirect(step_url(key, "place"))


@needs(REGISTER)
@require_GET
def show_differences(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Show a form that two clerks keyed: what they did not read alike."""
    seen = PaperForm.objects.visible_to(reader_of(request)).filter(second_at__isnull=False)
    form = get_object_or_404(seen.select_related("household", "keyed_by", "second_by"), pk=paper_id)
    context = {"form": form, "differences": _compare(request, form, form.first, form.second)}
    return render(request, "collection/desk/differences.html", context)


def paper_of(told: Fields) -> UUID | None:
    """Return the form that a draft keys again; None for an ordinary sheet."""
    return read_uuid("".join(told.get(SECOND, [])))


def compare_second(request: HttpRequest, registration_id: UUID, told: Fields) -> HttpResponse:
    """Keep the second keying and show what differs; nothing enters the registry."""
    reader = reader_of(request)
    form = get_object_or_404(PaperForm.objects.visible_to(reader), pk=paper_of(told))
    found = _compare(request, form, form.first, told)
    try:
        key_again(
            form=form, fields=told, differences=len(found), by=reader, actor=actor_of(request)
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("collection:paper_forms")
    forget_draft(author_id=reader.pk, form=draft_name(registration_id))
    messages.success(request, _("La seconde saisie est gardée : voici ce qui diffère."))
    return redirect("collection:paper_differences", form.pk)


def _compare(
    request: HttpRequest, form: PaperForm, first: Fields, second: Fields
) -> list[Difference]:
    sheets = [
        Sheet(
            told,
            registration_id=form.pk,
            reader=reader_of(request),
            version=current_version(),
        )
        for told in (first, second)
    ]
    return compare_keyings(*sheets)


def _to_key_again(reader: User) -> ZonedQuerySet:
    drawn = PaperForm.objects.visible_to(reader).filter(is_drawn=True, second_at=None)
    return drawn.exclude(keyed_by=reader).select_related("form_version__form", "household")


def _in_service() -> list[FormVersion]:
    versions = FormVersion.objects.in_service().select_related("form").defer("workbook", "xform")
    return sorted(versions, key=lambda one: one.form.title)


def _zone_of(reader: User) -> str:
    """The zone whose forms these are until a household is keyed."""
    paths = reader.scope_paths()
    if EVERYWHERE in paths:
        return str(Zone.objects.current().values_list("path", flat=True).get(parent=None))
    return min(paths)
