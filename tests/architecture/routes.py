"""Every address of the program, with real objects in its places."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from gwa.accounts.models import Organisation, Profile, User
from gwa.collection.actions import Upload, upload_import
from gwa.collection.actions.sources import DataSourceFacts, add_data_source
from gwa.collection.models import Import, PaperForm
from gwa.common.access import access_needed, all_rights
from gwa.common.ids import new_id
from gwa.fieldwork.actions import give_badge
from gwa.fieldwork.application import read_application
from gwa.journal.actions import record
from gwa.journal.models import SYSTEM
from gwa.questionnaires.actions import assign_form
from gwa.questionnaires.models import FormVersion
from gwa.registry.actions import attach_document, set_identifier
from gwa.registry.models import Household, Membership
from gwa.submissions.actions import enrol_device
from gwa.submissions.models import DraftCopy, Original, Submission
from gwa.testing.accounts import make_account, make_profile
from gwa.testing.cast import FATOU, Cast, correction
from gwa.testing.demo import load_first_dictionary
from gwa.testing.machines import make_machine
from gwa.testing.small_form import publish_test_form


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its full name, its view, the names of its places."""

    name: str
    view: Any
    places: tuple[str, ...]

    @property
    def needed(self) -> str | None:
        """What the view asks of the visitor."""
        return access_needed(self.view)

    @property
    def module(self) -> str:
        """The module that declares the view."""
        parts = self.view.__module__.split(".")
        return parts[1] if parts[0] == "gwa" else parts[0]

    def address(self, world: dict[str, Any]) -> str:
        """Fill the places with what is named for the route, for its module, or for all."""
        given = {}
        for place in self.places:
            keys = (f"{self.name}.{place}", f"{self.module}.{place}", place)
            key = next((key for key in keys if key in world), None)
            if key is None:
                raise LookupError(f"give a sample for {keys[1]} in `make_world`")
            given[place] = world[key]
        return reverse(self.name, kwargs=given)


def all_routes() -> list[Route]:
    """Every route of the program that is not a development aid."""
    return [route for route in _walk(get_resolver()) if not route.name.startswith("gallery:")]


def _walk(resolver: URLResolver, names: str = "") -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from _walk(pattern, space)
        elif isinstance(pattern, URLPattern):
            places = tuple(pattern.pattern.regex.groupindex)
            yield Route(f"{names}{pattern.name}", pattern.callback, places)


def make_world(cast: Cast) -> dict[str, Any]:
    """One object for each place of an address, in the commune of Socoura where there is one."""
    version = load_first_dictionary()
    of_persons = version.variables.filter(level="person").first()
    household = cast.with_dictionary(version)
    awa = cast.person("Awa")
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    picture.seek(0)
    document = attach_document(household=household, title="acte", upload=picture, actor=FATOU)
    identifier = set_identifier(
        person=awa, kind="nina", value="12345678901234A", source=correction(), actor=FATOU
    )
    binta = Membership.objects.get(person=cast.person("Binta"))
    someone = make_account("enumerator", cast.places.sevare, username="quelqu_un")
    organisation = Organisation.objects.create(name="Essai", kind="other")
    machine = make_machine(cast.places.socoura).machine
    some_import = plant_import(cast.places.socoura.path)
    form = publish_test_form()
    picture_of_form = form.media.create(name="x.png", media_type="image/png", content=b"x")
    assignment = assign_form(
        form=form.form, zone=cast.places.socoura, starts_on=dt.date(2026, 1, 1), actor=FATOU
    )
    device, _token = enrol_device(user=someone, name="essai", actor=FATOU)
    interview = plant_interview(form, household.zone_path)
    line = record("test.planted", actor=SYSTEM, zone_path=household.zone_path)
    return {
        "household_id": household.pk,
        "person_id": awa.pk,
        "membership_id": binta.pk,
        "document_id": document.pk,
        "identifier_id": identifier.pk,
        "line_id": line.pk,
        "zone_id": cast.places.socoura.pk,
        "geography_id": cast.places.socoura.geography_id,
        "level": 4,
        "section": version.sections.order_by("position").first().name,
        "registry:person_answers.section": of_persons.section.name,
        "form": "registry.correct:1",
        "variables.number": version.number,
        "variables.name": version.variables.first().name,
        "accounts.number": someone.pk,
        "accounts.code": Profile.objects.get(code="enumerator").code,
        "accounts:organisation.number": organisation.pk,
        **{
            f"accounts:{screen}.number": machine.pk
            for screen in ("machine", "rotate_secret", "revoke_machine")
        },
        "zone_code": cast.places.socoura.code,
        "api:read_variable.name": "phone",
        "collection.registration_id": new_id(),
        "collection.import_id": some_import.pk,
        "collection.source_id": some_import.data_source_id,
        "collection.saved_id": 0,
        "collection.step": "place",
        "collection.key": 1,
        "export_id": new_id(),
        "collection.file_id": new_id(),
        "collection.paper_id": plant_paper_form(form, household, someone).pk,
        "import_id": new_id(),
        "accounts.key": "x:y:z",
        "allauth.uidb36": "1",
        "allauth.key": "abc-def",
        "allauth.pk": 0,
        "common.name": "commencer",
        "questionnaires.version_id": form.pk,
        "questionnaires.number": assignment.pk,
        "questionnaires.form_id": form.form_id,
        "questionnaires.remark_id": form.remarks.first().pk,
        "questionnaires.media_id": picture_of_form.pk,
        "submissions.submission_id": interview.pk,
        "submissions.number": device.pk,
        "submissions.version_id": form.pk,
        "submissions.name": "zones.csv",
        "submissions.dataset": "menages",
        "submissions.token": "unknown",
        "submissions.draft_id": plant_draft(form, household.zone_path, someone).pk,
        "fieldwork.name": read_application().script,
        "fieldwork.sha256": "0" * 64,
        "fieldwork.return_id": new_id(),
        "fieldwork.file_id": new_id(),
        "fieldwork.version_id": form.pk,
        "fieldwork.user_id": someone.pk,
        "fieldwork.assignment_id": new_id(),
        "fieldwork.submission_id": interview.pk,
        "fieldwork.code": give_badge(user=someone, actor=FATOU).code,
    }


def plant_paper_form(version: FormVersion, household: Household, clerk: User) -> PaperForm:
    """A paper form that two clerks keyed."""
    form = PaperForm(
        zone_path=household.zone_path,
        number="F-000001-95",
        count=1,
        form_version=version,
        printed_at=household.source.recorded_at,
        keyed_at=household.source.recorded_at,
        keyed_by=clerk,
        household=household,
        is_drawn=True,
        second_at=household.source.recorded_at,
        second_by=make_account("supervisor", username="another_clerk"),
        differences=1,
    )
    form.set_first({"m1-given_name": ["Awa"]})
    form.set_second({"m1-given_name": ["Ava"]})
    form.save()
    return form


def plant_interview(version: FormVersion, zone_path: str) -> Submission:
    """An interview that waits."""
    interview = Submission.objects.create(
        zone_path=zone_path,
        instance_id="uuid:essai",
        interview_id=new_id(),
        form_version=version,
        status=Submission.Status.WAITING,
        queue=Submission.Queue.CHECKS,
        received_at=timezone.now(),
    )
    original = Original(id=interview.pk, at=interview.received_at, zone_path=zone_path)
    original.set_xml(b"<data/>")
    original.save(force_insert=True)
    return interview


def plant_draft(version: FormVersion, zone_path: str, author: User) -> DraftCopy:
    """A copy of an interview that is not finished."""
    now = timezone.now()
    draft = DraftCopy(
        zone_path=zone_path,
        user=author,
        instance_id="uuid:essai-en-cours",
        form_version=version,
        made_at=now,
        received_at=now,
    )
    draft.set_xml(b"<data/>")
    draft.save()
    return draft


def plant_import(zone_path: str) -> Import:
    """A small list, handed in and not started."""
    day = dt.date(2026, 3, 1)
    facts = DataSourceFacts(
        name="Essai", kind="partner", organisation="Essai", collected_from=day, collected_to=day
    )
    source = add_data_source(facts=facts, actor=FATOU)
    return upload_import(
        uploads=[Upload("liste.csv", io.BytesIO("N° ménage;Prénom\n1;Ali\n".encode()))],
        data_source=source,
        collected_on=day,
        scope_paths=[zone_path],
        actor=FATOU,
    )


def make_everybody(cast: Cast) -> dict[str, User | None]:
    """One person for each shipped profile, one with every right, one with none, and nobody."""
    people: dict[str, User | None] = {"anonymous": None}
    for profile in Profile.objects.all():
        zones = [] if profile.is_national else [cast.places.socoura]
        people[profile.code] = make_account(profile, *zones)
    every = make_profile(*all_rights(), is_national=True, code="every_right")
    people["every right"] = make_account(every)
    people["no right"] = make_account(make_profile(code="no_right"))
    return people


def own_key(user: User) -> int:
    """Return an access key of this person, for the routes about one."""
    key, _ = Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.WEBAUTHN, defaults={"data": {"name": "clé"}}
    )
    return key.pk


def addresses_in(page: str) -> set[str]:
    """Every address a page links to, posts to or fetches."""
    return set(re.findall(r'(?:href|action|src|hx-get|hx-post|data-src)="([^"]*)"', page))
