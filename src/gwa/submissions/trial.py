"""A form tried with a fake household: everything is done as for a true one, then undone.

The version is put into service, the interview received and taken in, its effect read; the
transaction then goes back to where it began, so nothing of it is ever seen by anybody else.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.display import StoryEvent
from gwa.common.ids import new_id
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions.publishing import put_in_service
from gwa.questionnaires.actions.revising import lock_version
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.pace import estimate_minutes
from gwa.questionnaires.queries.modules import modules_of
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.rules.deriving import HOUSEHOLDS, PERSONS
from gwa.questionnaires.scenes import scene_for
from gwa.questionnaires.xform.definitions import ItemList
from gwa.questionnaires.xform.filling import Filled, fill_form
from gwa.questionnaires.xform.filling.lists import read_list
from gwa.questionnaires.xform.filling.scenes import Scene
from gwa.submissions import lists
from gwa.submissions.actions import receive_submission
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.submissions.queries.answers import Part, read_answers
from gwa.submissions.queries.effect import read_effect
from gwa.submissions.words import Finding, say_findings
from gwa.zones.models import SETTLEMENTS, Level, Zone

_MINUTES = 45
_NOBODY = "name,label,__version\n"
_QUESTIONS = {Level.REGION: "region", Level.CERCLE: "cercle", Level.COMMUNE: "commune"}


@dataclass(frozen=True, slots=True)
class Trial:
    """What the fake interview was, and what it would have done to the registry."""

    submission: Submission
    minutes: float
    asked: int
    unanswered: tuple[str, ...]
    findings: list[Finding]
    effect: list[StoryEvent]
    parts: list[Part]


def try_form(version: FormVersion, *, reader: User, actor: Actor, language: str) -> Trial:
    """Hold an interview with the form and carry it to the registry; leave nothing behind.

    Raises the refusals of a publication and of the door.
    """
    filled = _hold(version, _somewhere(reader))
    with transaction.atomic():
        with everywhere():
            trial = _carry(version, filled, reader, actor, language)
        transaction.set_rollback(True)
    return trial


def _somewhere(reader: User) -> list[Zone]:
    """Return a place of the reader's zones where a household may live, after those above it."""
    zones = Zone.objects.visible_to(reader).current().filter(level__in=SETTLEMENTS)
    village = zones.order_by("path").first()
    if village is None:
        return []
    return [*Zone.objects.filter(pk__in=village.ancestor_ids).order_by("path"), village]


def _hold(version: FormVersion, places: Sequence[Zone]) -> Filled:
    """Ask everything: the core, and every module that the form has."""
    raw = scene_for(version.form.code)
    told = {_QUESTIONS[Level(one.level)]: one.code for one in places if one.level in _QUESTIONS}
    ended = timezone.now()
    return fill_form(
        form_of(version),
        Scene({**raw["answers"], **told, **_told_village(places)}, raw.get("lines", {})),
        instance_id=new_id(),
        started=ended - dt.timedelta(minutes=_MINUTES),
        ended=ended,
        lists=_files(places, " ".join(one.code for one in modules_of(version))),
    )


def _told_village(places: Sequence[Zone]) -> dict[str, str]:
    """The village, under the names that forms ask it by: a choice, or its code."""
    return {name: places[-1].code for name in ("village", "zone_code") if places}


def _files(places: Sequence[Zone], modules: str) -> dict[str, ItemList]:
    """The files of a telephone that knows one place and nobody."""
    communes = [zone for zone in places if zone.level <= Level.COMMUNE]
    told = {
        "zones": lists.write_zones(places).decode(),
        "communes": lists.write_zones(communes, above_them=lists.ABOVE_COMMUNES).decode(),
        "campagne": lists.write_campaign({"modules": modules}).decode(),
        HOUSEHOLDS: _NOBODY,
        PERSONS: _NOBODY,
    }
    return {name: read_list(name, content) for name, content in told.items()}


def _carry(
    version: FormVersion, filled: Filled, reader: User, actor: Actor, language: str
) -> Trial:
    locked = lock_version(version)
    if locked.published_at is None:
        put_in_service(locked, actor)
    receipt = receive_submission(xml=filled.xml, parts=[], user=reader, actor=actor)
    process(receipt.submission.pk)
    told = Submission.objects.select_related(
        "form_version__form", "form_version__dictionary_version", "household", "source"
    ).get(pk=receipt.submission.pk)
    return Trial(
        submission=told,
        minutes=estimate_minutes(filled.asked),
        asked=len(filled.asked),
        unanswered=filled.unanswered,
        findings=say_findings(told, language),
        effect=read_effect(told, reader),
        parts=read_answers(told, reader, language),
    )
