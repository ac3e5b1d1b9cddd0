"""What a profile may be allowed to do with questionnaires."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("questionnaires.read_forms", _("Consulter les questionnaires et leurs versions")),
    Right("questionnaires.propose_form", _("Proposer et commenter une version de questionnaire")),
    Right("questionnaires.validate_form", _("Valider une version au nom du comité")),
    Right("questionnaires.publish_form", _("Mettre un questionnaire en service, ou le retirer")),
    Right("questionnaires.assign_form", _("Confier un questionnaire à une zone ou à un compte")),
)
