"""The dictionary's screens."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.variables import actions, pages
from gwa.variables.forms import Reason, VariableFilter, VersionPair
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import (
    compare_versions,
    list_versions,
    mapping_between,
    read_dictionary,
    shown_version,
    variable_history,
)
from gwa.variables.rules.definitions import Level


@needs("variables.read_dictionary")
def show_dictionary(request: HttpRequest) -> HttpResponse:
    """Show the sections, or the variables of the section and words asked for."""
    version = _asked_version(request)
    if version is None:
        return render(request, "variables/none.html")
    dictionary = read_dictionary(version)
    form = VariableFilter(request.GET, dictionary=dictionary, language=pages.read_language())
    asked = form.cleaned_data if form.is_valid() else {}
    words, section, level = (asked.get(name) or "" for name in ("q", "section", "level"))
    chapters = pages.list_chapters(
        dictionary, words=words, section=section, level=Level(level) if level else None
    )
    context = {
        "version": version,
        "dictionary": dictionary,
        "form": form,
        "chapters": chapters,
        "found": sum(len(chapter.rows) for chapter in chapters),
        "is_filtered": bool(words or section or level),
    }
    return render(request, "variables/list.html", context)


@needs("variables.read_dictionary")
def show_variable(request: HttpRequest, name: str) -> HttpResponse:
    """Show one variable: what it means, its choices, and what changed between versions."""
    version = _asked_version(request)
    dictionary = read_dictionary(version) if version else None
    variable = dictionary.by_name.get(name) if dictionary else None
    steps = variable_history(name)
    if not steps:
        raise Http404
    last = next(step.definition for step in reversed(steps) if step.definition)
    context: dict[str, object] = {
        "version": version,
        "variable": variable,
        "last": last,
        "label": (variable or last).label(pages.read_language()),
        "history": pages.tell_history(steps),
    }
    if variable and dictionary:
        context |= {
            "facts": pages.list_facts(variable, dictionary),
            "texts": pages.list_texts(variable.labels, dictionary),
            "choices": [
                (choice.code, pages.list_texts(choice.labels, dictionary))
                for choice in variable.choices
            ],
        }
    return render(request, "variables/variable.html", context)


@needs("variables.read_dictionary")
def show_versions(request: HttpRequest) -> HttpResponse:
    """List the versions, newest first."""
    return render(
        request,
        "variables/versions.html",
        {
            "versions": list_versions(),
            "current": shown_version(),
            "may_publish": person_of(request).has_right("variables.publish_dictionary"),
        },
    )


@needs("variables.read_dictionary")
def compare(request: HttpRequest) -> HttpResponse:
    """Compare two versions."""
    form = VersionPair(request.GET or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        context |= {"old": old, "new": new}
        try:
            found = compare_versions(old, new)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            mapping = mapping_between(old, new)
            context |= pages.describe_comparison(found, mapping)
    return render(request, "variables/compare.html", context)


@require_POST
@needs("variables.publish_dictionary")
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft into service."""
    return _change_state(request, number, actions.publish_version, _("Version %s publiée."))


@require_POST
@needs("variables.publish_dictionary")
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """Take a version out of service."""
    return _change_state(request, number, actions.retire_version, _("Version %s retirée."))


def _change_state(
    request: HttpRequest, number: int, verb: Callable[..., DictionaryVersion], done: str
) -> HttpResponse:
    version = get_object_or_404(DictionaryVersion, number=number)
    form = Reason(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
        return redirect("variables:versions")
    try:
        verb(
            version=version,
            actor=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done % number)
    return redirect("variables:versions")


def _asked_version(request: HttpRequest) -> DictionaryVersion | None:
    """Return the version of the address, else the one in service, else the newest draft."""
    asked = request.GET.get("version", "")
    if not asked.isdecimal():
        return shown_version()
    return get_object_or_404(DictionaryVersion, number=asked)
