"""Try a version of a form with a fake household."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.questionnaires.models import FormVersion
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.trial import try_form

PROPOSE = "questionnaires.propose_form"


@needs(PROPOSE)
@require_GET
def show_trial(request: HttpRequest, version_id: int) -> HttpResponse:
    """Carry a fake household through the form into the registry and back, and show it all."""
    version = get_object_or_404(FormVersion.objects.select_related("form"), pk=version_id)
    context: dict[str, object] = {"version": version}
    try:
        trial = try_form(
            version,
            reader=reader_of(request),
            actor=actor_of(request),
            language=get_language() or "fr",
        )
    except DomainError as refusal:
        context["refusal"] = refusal.sentence
    else:
        context["trial"] = trial
    return render(request, "submissions/trial.html", context)
