"""Begin a sheet, find the unfinished ones again, give one up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gwa.collection.forms.desk.place import only_settlement
from gwa.collection.views.desk.drafting import draft_name, list_unfinished, step_url
from gwa.common.access import needs
from gwa.common.drafts import forget_draft, keep_draft
from gwa.common.ids import new_id
from gwa.registry.views.asking import reader_of
from gwa.variables.models import DictionaryVersion

REGISTER = "registry.register_household"


@needs(REGISTER)
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """List the unfinished sheets, or begin a new one."""
    reader = reader_of(request)
    if request.method == "POST":
        key = new_id()
        place = only_settlement(reader)
        fields = {"place-place": [place.name]} if place else {}
        keep_draft(author_id=reader.pk, form=draft_name(key), fields=fields)
        return redirect(step_url(key, "place"))
    context = {
        "sheets": list_unfinished(reader),
        "may_begin": DictionaryVersion.objects.published().exists() and reader.scope_paths(),
    }
    return render(request, "collection/desk/sheets.html", context)


@needs(REGISTER)
@require_POST
def give_up(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Drop a sheet and its papers for good."""
    forget_draft(author_id=reader_of(request).pk, form=draft_name(registration_id))
    messages.success(request, _("La saisie est abandonnée : rien n’en est gardé."))
    return redirect("collection:desk")
