"""The questionnaires of the demonstration, through their whole way to the telephones."""

from django.conf import settings

from gwa.journal.models import Actor
from gwa.questionnaires.actions import (
    add_remark,
    propose_form,
    publish_form,
    submit_form,
    validate_form,
)
from gwa.questionnaires.models import FormRemark, FormVersion


def publish_household_form(unit: Actor, committee: Actor) -> FormVersion:
    """Put the household questionnaire into service."""
    version = propose_form(
        content=_workbook("rsu-menage"),
        file_name="rsu-menage.xlsx",
        purpose="Questionnaire du ménage : tronc commun et modules de campagne.",
        actor=unit,
    )
    submit_form(version=version, actor=unit)
    validate_form(version=version, minutes="PV du comité technique n° 14", actor=committee)
    return publish_form(version=version, actor=unit, reason="Début de la campagne")


def discuss_shock_form(unit: Actor, committee: Actor) -> FormVersion:
    """Put the light questionnaire before the committee, with what was said of it."""
    version = propose_form(
        content=_workbook("rsu-choc"),
        file_name="rsu-choc.xlsx",
        purpose="Questionnaire court après un choc : inondation, sécheresse, déplacement.",
        actor=unit,
    )
    add_remark(
        version=version,
        kind=FormRemark.Kind.PROPOSAL,
        question="shock_losses",
        text="Séparer le bétail mort du bétail volé : l’aide n’est pas la même.",
        actor=unit,
    )
    submit_form(version=version, actor=unit)
    add_remark(
        version=version,
        text="Essayé à Mopti auprès de douze ménages : 11 minutes.",
        actor=committee,
    )
    return version


def _workbook(name: str) -> bytes:
    return (settings.BASE_DIR / "questionnaires" / name / f"{name}.xlsx").read_bytes()
