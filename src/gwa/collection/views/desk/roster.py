"""The roster's own buttons, for those whose browser runs no script, and known persons."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.collection.forms.desk.sheet import keys_of
from gwa.collection.views.desk.drafting import draft_name, told_of
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import Fields, change_draft
from gwa.registry.actions.readings import count_search, note_search
from gwa.registry.errors import SearchTooFast
from gwa.registry.models import Person
from gwa.registry.queries.hits import Hit
from gwa.registry.queries.places import names_of_paths
from gwa.registry.queries.search import search_households
from gwa.registry.rules.facts import BirthFacts
from gwa.registry.rules.numbers import show_number
from gwa.registry.views.asking import actor_of, reader_of
from gwa.registry.words import say_birth

_LONGEST, _SHOWN = 200, 8


def change_roster(request: HttpRequest, registration_id: UUID, told: Fields) -> Fields | None:
    """Do what a button of the roster asks; None when none was pressed."""
    pressed = next((n for n in ("add", "remove", "up", "down", "take") if n in request.POST), None)
    if pressed is None:
        return None
    wanted = request.POST[pressed]
    if pressed == "take":
        return _keep(request, registration_id, _take(request, told, wanted))
    keys = keys_of(told)
    if pressed == "add":
        return _keep(request, registration_id, {**told, f"m{next_key(told)}-given_name": [""]})
    if wanted in keys:
        keys = _reorder(keys, wanted, pressed)
    return _keep(request, registration_id, _in_order(told, keys))


def _keep(request: HttpRequest, registration_id: UUID, fields: Fields) -> Fields | None:
    return change_draft(
        author_id=reader_of(request).pk,
        form=draft_name(registration_id),
        change=lambda told: fields,
    )


def next_key(told: Fields) -> int:
    """Return a key that no line has had."""
    return max((int(key) for key in keys_of(told)), default=0) + 1


def _reorder(keys: Sequence[str], key: str, pressed: str) -> list[str]:
    place = keys.index(key)
    rest = [one for one in keys if one != key]
    if pressed == "remove":
        return rest
    rest.insert(max(0, place + (1 if pressed == "down" else -1)), key)
    return rest


def _in_order(told: Fields, keys: Sequence[str]) -> Fields:
    """Return the draft with its lines in this order, and no others."""
    others = {n: v for n, v in told.items() if not _key_of(n, "m") and not _key_of(n, "p")}
    lines = {
        name: values
        for key in keys
        for name, values in told.items()
        if key in (_key_of(name, "m"), _key_of(name, "p"))
    }
    return others | lines


def _key_of(name: str, letter: str) -> str:
    prefix = name.partition("-")[0]
    key = prefix[1:]
    return key if prefix.startswith(letter) and key.isdigit() else ""


def _take(request: HttpRequest, told: Fields, person_id: str) -> Fields:
    """Add a person of the registry to the roster, once."""
    try:
        wanted = UUID(person_id)
    except ValueError:
        return told
    rows = Person.objects.visible_to(reader_of(request)).filter(status=Person.Status.ALIVE)
    person = rows.filter(pk=wanted).first()
    taken = {value for key in keys_of(told) for value in told.get(f"m{key}-person", [])}
    if person is None:
        messages.warning(request, _("Cette personne n’est plus dans vos zones, ou est décédée."))
        return told
    if str(wanted) in taken:
        messages.info(request, _("%(name)s est déjà dans la liste.") % {"name": person})
        return told
    return {**told, f"m{next_key(told)}-person": [str(wanted)]}


@needs(REGISTER)
@require_POST
def find_people(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Search the registry for somebody to take as a member. By POST: no name in an address."""
    reader = reader_of(request)
    words = request.POST.get("who", "").strip()[:_LONGEST]
    context: dict[str, object] = {"words": words, "lines": [], "registration_id": registration_id}
    if not reader.has_right("registry.search") or told_of(request, registration_id) is None:
        return render(request, "collection/desk/people.html", context, status=403)
    if words:
        try:
            count_search(user_id=reader.pk)
        except SearchTooFast as refusal:
            context["refusal"] = refusal.sentence
            return render(request, "collection/desk/people.html", context)
        found = search_households(words, reader=reader, limit=_SHOWN)
        if not reader.is_technical_unit:
            note_search(
                asked=found.asked, found=len(found.hits), has_filters=False, actor=actor_of(request)
            )
        context["lines"] = _lines(found.hits)
    return render(request, "collection/desk/people.html", context)


def _lines(hits: Sequence[Hit]) -> list[dict[str, object]]:
    alive = [hit for hit in hits if hit.person_id and hit.person_status == Person.Status.ALIVE]
    places = names_of_paths(hit.zone_path for hit in alive)
    return [
        {
            "id": hit.person_id,
            "name": f"{hit.given_name} {hit.family_name}",
            "sex": Person.Sex(hit.sex).label if hit.sex else "",
            "birth": _say_birth(hit),
            "number": show_number(hit.registry_number) if hit.registry_number else "",
            "has_left": hit.left_on is not None,
            "place": places[hit.zone_path].full_name,
        }
        for hit in alive
    ]


def _say_birth(hit: Hit) -> str:
    if hit.birth_from is None or hit.birth_to is None:
        return say_birth(None)
    return say_birth(BirthFacts(hit.birth_from, hit.birth_to, hit.birth_precision))
