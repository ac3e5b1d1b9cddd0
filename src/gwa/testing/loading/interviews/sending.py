"""What the telephone of the demonstration sends, and what becomes of it; through the real door."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.scope import everywhere, scoped
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.definitions import ItemList
from gwa.questionnaires.xform.filling import Filled, fill_form
from gwa.questionnaires.xform.filling.lists import read_list
from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.registry.actions import correct_household
from gwa.registry.models import Household, Source
from gwa.registry.sources import source_of_person
from gwa.submissions import lists
from gwa.submissions.actions import (
    Part,
    enrol_device,
    note_contact,
    receive_submission,
    refuse_submission,
    revoke_device,
)
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Device, Submission
from gwa.testing.country.telling import Interviewed
from gwa.testing.loading.interviews.forms import discuss_shock_form, publish_household_form
from gwa.testing.loading.interviews.households import (
    draw_newcomers,
    refuse,
    registered_in,
    tell_known,
)
from gwa.testing.loading.interviews.work import give_first_work
from gwa.variables.queries import current_dictionary
from gwa.zones.models import Level, Zone

Say = Callable[[str], None]
_NAMES = UUID("5a6f1a34-8b0e-4a57-9d6c-6a2f0c1f5e10")
FIRST_DAY = dt.date(2026, 11, 2)
_NEW, _KNOWN = 26, 6
# How an interview is spoiled on its way: what is written, and what arrives.
Spoil = Callable[[bytes], bytes]


@dataclass(slots=True)
class Telephone:
    """The telephone of one account, with the lists that it fetched."""

    user: User
    device: Device
    version: FormVersion
    files: Mapping[str, ItemList]
    # How many it held: each has a number of its own, and with it a day and an hour.
    held: int = 0

    def send(
        self, scene: Scene, *, minutes: int = 38, spoil: Spoil = lambda xml: xml
    ) -> Submission:
        """Hold the next interview, hand it in and let it be taken in."""
        return self.hand_in(spoil(self.hold(scene, minutes=minutes).xml))

    def hold(self, scene: Scene, *, minutes: int = 38) -> Filled:
        """Hold the next interview: three a day, from the first day on."""
        self.held = number = self.held + 1
        day = FIRST_DAY + dt.timedelta(days=number // 3)
        started = dt.datetime.combine(day, dt.time(8 + 3 * (number % 3), 5 * (number % 7)), dt.UTC)
        form = form_of(self.version)
        return fill_form(
            form,
            Interviewed(form, scene),
            instance_id=uuid5(_NAMES, str(number)),
            started=started,
            ended=started + dt.timedelta(minutes=minutes),
            lists=self.files,
        )

    def hand_in(self, xml: bytes, *parts: Part) -> Submission:
        """Hand an interview in as the door does, and take it in as the worker does."""
        receipt = receive_submission(
            xml=xml,
            parts=parts,
            user=self.user,
            device=self.device,
            actor=_actor(self.user, "submissions.send"),
        )
        process(receipt.submission.pk)
        receipt.submission.refresh_from_db()
        return receipt.submission


def load_interviews(*, seed: int, say: Say) -> None:
    """Publish the questionnaire, enrol a telephone, and let it send some weeks of interviews."""
    with transaction.atomic(), everywhere():
        say("questionnaires")
        unit = _actor(User.objects.get(username="operateur"), "questionnaires.publish_form")
        committee = _actor(User.objects.get(username="comite"), "questionnaires.validate_form")
        enumerator = User.objects.get(username="enqueteur")
        commune = enumerator.zones.get()
        version = publish_household_form(unit, committee)
        discuss_shock_form(unit, committee)
        assign_form(
            form=version.form,
            zone=commune,
            starts_on=FIRST_DAY,
            modules=["food", "shocks"],
            actor=unit,
        )
        say("entretiens")
        telephone = _enrol(enumerator, version, "Tecno 14", unit)
        _send_new(telephone, commune, seed)
        _send_known(telephone, commune, unit)
        _send_from_lost(_enrol(enumerator, version, "Itel 3", unit), commune, unit, seed)
        give_first_work(enumerator, version, commune, unit)


def _actor(user: User, right: str) -> Actor:
    return Actor(label=user.username, user_id=user.pk, right=right)


def _enrol(user: User, version: FormVersion, name: str, unit: Actor) -> Telephone:
    device, _token = enrol_device(user=user, name=name, actor=unit)
    note_contact(device=device, client="ODK Collect", client_device_id="", at=timezone.now())
    return Telephone(user, device, version, _fetch(user, version))


def _fetch(user: User, version: FormVersion) -> dict[str, ItemList]:
    """Fetch the files of the form as this account's telephone gets them."""
    form, dictionary = form_of(version), current_dictionary()
    above = Zone.objects.current().filter(level__lte=Level.COMMUNE).order_by("path")
    with scoped(user.scope_paths()):
        zones = Zone.objects.visible_to(user).current().order_by("path")
        files = {
            "zones": lists.write_zones(zones),
            "communes": lists.write_zones(above, above_them=lists.ABOVE_COMMUNES),
            "campagne": lists.write_campaign({"modules": "food shocks"}),
            **{
                name: write(user, form, dictionary)[0] for name, write in lists.ENTITY_LISTS.items()
            },
        }
    return {name: read_list(name, content.decode()) for name, content in files.items()}


def _villages(commune: Zone) -> list[Zone]:
    inside = Zone.objects.current().filter(parent=commune)
    return [zone for zone in inside.order_by("code") if zone.is_settlement][:6]


def _send_new(telephone: Telephone, commune: Zone, seed: int) -> None:
    """Households that nobody registered: most enter, some are odd, some cannot enter."""
    scenes = draw_newcomers(_villages(commune), count=_NEW, seed=seed, on=FIRST_DAY)
    for number, scene in enumerate(scenes, 1):
        if number in (5, 14):
            telephone.send(scene, minutes=3)
        elif number == 8:
            telephone.send(Scene({**scene.answers, "position": "17.2 1.4 280 8"}, scene.lines))
        elif number == 11:
            telephone.send(refuse(scene))
        elif number in (9, 17):
            telephone.send(scene, spoil=_elsewhere(str(scene.answers["village"])))
        elif number in (12, 19, 22):
            telephone.send(scene, spoil=_impossible)
        else:
            telephone.send(scene)


def _elsewhere(code: str) -> Spoil:
    """The village bears a code that no list knows: a list from before the last change."""
    return lambda xml: xml.replace(f">{code}<".encode(), f">{code[:-2]}99<".encode())


def _impossible(xml: bytes) -> bytes:
    """The telephone let a number of rooms through that the form refuses."""
    start = xml.index(b"<rooms>")
    return xml[:start] + b"<rooms>95</rooms>" + xml[xml.index(b"</rooms>") + 8 :]


def _send_known(telephone: Telephone, commune: Zone, unit: Actor) -> None:
    """Households of the telephone's list: some changed meanwhile at the desk, and contradict."""
    sent = 0
    for household in registered_in(commune, count=2 * _KNOWN):
        rooms = int(household.answers.get("rooms", 1))
        filled = telephone.hold(tell_known(household, rooms=str(rooms + 1), tenure="tenant"))
        if filled.unanswered or sent == _KNOWN:
            continue
        if sent % 2:
            changes = {"answers.rooms": rooms + 2, "answers.lighting": "solar_home"}
            _correct(household, changes, unit)
        telephone.hand_in(filled.xml)
        sent += 1


def _correct(household: Household, changes: Mapping[str, object], unit: Actor) -> None:
    correct_household(
        household=household,
        changes=changes,
        source=source_of_person(Source.Kind.OPERATOR, unit, FIRST_DAY),
        actor=unit,
        reason="Vérifié sur place avec le chef de village",
    )


def _send_from_lost(telephone: Telephone, commune: Zone, unit: Actor, seed: int) -> None:
    """A telephone that was lost sends what it held; one of these is refused by the unit."""
    telephone.device = revoke_device(device=telephone.device, actor=unit, reason="Téléphone perdu")
    telephone.held = 100
    for scene in draw_newcomers(_villages(commune), count=3, seed=seed + 1, on=FIRST_DAY):
        sent = telephone.send(scene)
    refuse_submission(submission=sent, actor=unit, reason="L’enquêteur n’a pas fait cet entretien.")
