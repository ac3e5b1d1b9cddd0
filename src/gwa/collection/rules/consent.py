"""Nobody is registered who did not agree to it."""

from collections.abc import Mapping

from gwa.registry.rules.problems import Problem
from gwa.variables.rules.definitions import Dictionary

CONSENT, FORM = "consent_registration", "consent_form"


def check_consent(answers: Mapping[str, object], dictionary: Dictionary) -> list[Problem]:
    """Say that the consent, or its form, is missing, where the questionnaire asks for it."""
    if CONSENT not in dictionary.household:
        return []
    if answers.get(CONSENT) is not True:
        return [Problem("collection.consent_missing", CONSENT)]
    if FORM in dictionary.household and not answers.get(FORM):
        return [Problem("collection.consent_form_missing", FORM)]
    return []
