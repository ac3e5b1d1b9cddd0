"""What the demonstration’s enumerator finds on the telephone: a village, an interview to mend."""

import datetime as dt

from django.db.models import Count

from gwa.accounts.models import User
from gwa.fieldwork.actions import Work, give_work, send_back
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household
from gwa.submissions.models import Submission
from gwa.submissions.queries.answers import read_answers
from gwa.zones.models import Zone

DUE_ON = dt.date(2026, 12, 18)
_TARGET = 40


def give_first_work(enumerator: User, version: FormVersion, commune: Zone, unit: Actor) -> None:
    """Give the largest village of the commune, and send the last interview back."""
    homes = Household.objects.under_path(commune.path).values("zone")
    largest = homes.annotate(homes=Count("pk")).order_by("-homes", "zone").first()
    if largest is not None:
        work = Work(
            user=enumerator,
            zone=Zone.objects.get(pk=largest["zone"]),
            form=version.form,
            target=_TARGET,
            due_on=DUE_ON,
            note="Commencez par le quartier du marché.",
        )
        give_work(work=work, actor=unit)
    entered = Submission.objects.filter(sent_by=enumerator, status=Submission.Status.ACCEPTED)
    last = entered.order_by("-ended_at", "-id").first()
    if last is not None:
        _send_back(last, enumerator, unit)


def _send_back(submission: Submission, enumerator: User, unit: Actor) -> None:
    """Ask for two answers again: the first of the household, and the first of its last member."""
    parts = [part for part in read_answers(submission, enumerator, "fr") if part.answers]
    points = ["À vérifier sur place.", "Revoyez cette réponse avec la personne."]
    flagged = [parts[0].answers[-1], parts[-1].answers[0]] if parts else []
    send_back(
        submission=submission,
        reason="Deux réponses ne vont pas ensemble : revoyez-les avec le ménage.",
        comments=[
            {"path": one.path, "text": text} for one, text in zip(flagged, points, strict=False)
        ],
        actor=unit,
    )
