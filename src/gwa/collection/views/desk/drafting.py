"""The draft behind the sheet: its name, its steps, and what each step keeps of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.collection.forms.desk.checks import STEPS
from gwa.collection.forms.desk.members import MemberForm
from gwa.collection.forms.desk.sheet import Sheet, keys_of
from gwa.common.display import Text
from gwa.common.drafts import Fields, change_draft, list_drafts, read_draft
from gwa.registry.models import Household
from gwa.registry.views.asking import household_url, reader_of
from gwa.registry.words import call_household
from gwa.variables.queries import current_version

BEGINS = "desk:"
_OWN = {
    "place": r"place-",
    "members": r"m\d+-",
    "household": r"h-",
    "closing": r"(c|d[0-9a-f-]{36})-",
}
_OF_A_PERSON = re.compile(r"p(\d+)-")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the bar at the top draws it."""

    name: str
    value: str
    label: Text
    number: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sheet that somebody began: in words, with the day it is dropped."""

    url: str
    label: str
    place: str
    draft: object


def draft_name(registration_id: UUID) -> str:
    """Return the name of the draft behind a sheet."""
    return f"{BEGINS}{registration_id}"


def own_fields(step: str, key: str = "") -> Callable[[str], bool]:
    """Return what tells the fields of a step from the others."""
    own = re.compile(rf"p{key}-" if step == "person" else _OWN.get(step, "$^"))
    return lambda name: own.match(name) is not None


def merge(told: Fields, given: Fields, step: str, key: str = "") -> Fields:
    """Put the fields of one step in place of what was kept of it.

    Answers of a member who is no longer in the roster go with the member: another one may take
    the line's key.
    """
    is_own = own_fields(step, key)
    kept = {name: values for name, values in told.items() if not is_own(name)}
    merged = kept | {name: values for name, values in given.items() if is_own(name)}
    if step != "members":
        return merged
    present = set(keys_of(merged))
    return {
        name: values
        for name, values in merged.items()
        if not (found := _OF_A_PERSON.match(name)) or found[1] in present
    }


def keep_step(
    request: HttpRequest, registration_id: UUID, given: Fields, step: str, key: str = ""
) -> Fields | None:
    """Keep a step as it stands; None where there is no such draft any more."""
    return change_draft(
        author_id=reader_of(request).pk,
        form=draft_name(registration_id),
        change=lambda told: merge(told, given, step, key),
    )


def posted(request: HttpRequest) -> Fields:
    """Return the fields that a page sends."""
    return {name: request.POST.getlist(name) for name in request.POST}


def told_of(request: HttpRequest, registration_id: UUID) -> Fields | None:
    """Return what the reader has typed so far on a sheet."""
    kept = read_draft(author_id=reader_of(request).pk, form=draft_name(registration_id))
    return kept["fields"] if kept else None


def sheet_of(
    request: HttpRequest, registration_id: UUID, told: Fields, *, checks: bool = False
) -> Sheet:
    """Return the sheet as it stands."""
    return Sheet(
        told,
        registration_id=registration_id,
        reader=reader_of(request),
        version=current_version(),
        checks=checks,
    )


def answer_gone(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Answer for a sheet that is no draft any more: it was registered, given up or dropped."""
    known = Household.objects.visible_to(reader_of(request)).filter(pk=registration_id).first()
    if known is not None:
        messages.info(request, _("Ce ménage est déjà enregistré : rien n’a été ajouté."))
        return redirect(household_url(known))
    messages.warning(request, _("Cette saisie n’existe plus : elle a été abandonnée ou effacée."))
    return redirect("collection:desk")


def step_url(registration_id: UUID, step: str, key: str = "") -> str:
    """Return the address of a step."""
    if step == "person":
        return reverse("collection:desk_person", args=[registration_id, key])
    return reverse(f"collection:desk_{step}", args=[registration_id])


def bar(sheet: Sheet, step: str) -> list[Step]:
    """Return the steps for the bar, numbered; persons lead to the first who is asked."""
    asked = sheet.asked_members
    names = [name for name in STEPS if name != "person" or asked]
    first = f"person:{asked[0].key}" if asked else ""
    return [
        Step(name, first if name == "person" else name, STEPS[name], number, name == step)
        for number, name in enumerate(names, 1)
    ]


def after(sheet: Sheet, step: str, key: str = "") -> str:
    """Return the address of what comes after a step."""
    here = sheet.registration_id
    asked = [line.key for line in sheet.asked_members]
    if step == "household" and asked:
        return step_url(here, "person", asked[0])
    if step == "person" and key in asked[:-1]:
        return step_url(here, "person", asked[asked.index(key) + 1])
    following = {"place": "members", "members": "household", "closing": "check"}
    return step_url(here, following.get(step, "closing"))


def go_to(registration_id: UUID, wanted: str) -> str:
    """Return the address that a button of the bar asks for."""
    step, _sep, key = wanted.partition(":")
    if step not in STEPS or (step == "person" and not key.isdigit()):
        step = "place"
    return step_url(registration_id, step, key)


def list_unfinished(reader: User) -> list[Unfinished]:
    """Return the sheets that the reader began and did not finish."""
    return [
        Unfinished(
            url=step_url(UUID(draft.form.removeprefix(BEGINS)), "place"),
            label=_name_sheet(draft.fields),
            place="".join(draft.fields.get("place-place", [])),
            draft=draft,
        )
        for draft in list_drafts(author_id=reader.pk, begins=BEGINS)
    ]


def _name_sheet(told: Fields) -> str:
    """Name a sheet after its head, else its first member."""
    keys = keys_of(told)
    heads = [key for key in keys if told.get(f"m{key}-relationship") == ["head"]]
    for key in [*heads, *keys]:
        words = [*told.get(f"m{key}-given_name", []), *told.get(f"m{key}-family_name", [])]
        if name := " ".join(word for word in words if word):
            return call_household(name)
    return _("Ménage sans nom encore")


def names_in(lines: list[MemberForm]) -> list[tuple[str, str]]:
    """Return the key and the name of each line."""
    return [(line.key, line.name) for line in lines]
