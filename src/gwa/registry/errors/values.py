"""Refusals of what is told: values, dates, positions."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class ReasonMissing(DomainError):
    """A change to what is known must say why."""

    code = "registry.reason_missing"
    message = _("Dites pourquoi : le motif reste dans l’histoire du ménage.")


class ValueRefused(DomainError):
    """One value cannot be kept as given."""

    code = "registry.value_refused"
    message = _("« %(field)s » : cette valeur ne convient pas. %(why)s")


class FieldNotCorrectable(DomainError):
    """The field has a verb of its own, or does not exist."""

    code = "registry.field_not_correctable"
    message = _(
        "« %(field)s » ne se corrige pas ici : utilisez l’action qui porte ce nom "
        "(changer le rattachement, changer de chef, déclarer un décès…)."
    )


class NothingToCorrect(DomainError):
    """Every value given is the one already in force."""

    code = "registry.nothing_to_correct"
    message = _("Rien à corriger : les valeurs données sont celles du registre.")


class BirthImpossible(DomainError):
    """Nobody can be born then."""

    code = "registry.birth_impossible"
    message = _(
        "Date de naissance impossible : elle doit être passée, vieille de moins de 125 ans, et "
        "aller du plus ancien au plus récent. Si elle est mal connue, donnez une année ou une "
        "période."
    )
    constraints = ("registry_person_birth_in_order", "registry_person_birth_not_in_future")


class PhoneMalformed(DomainError):
    """The text is no telephone number."""

    code = "registry.phone_malformed"
    message = _(
        "Numéro de téléphone illisible : écrivez les 8 chiffres du Mali, ou commencez par + et "
        "l’indicatif pour un autre pays."
    )


class DayInFuture(DomainError):
    """Facts are past."""

    code = "registry.day_in_future"
    message = _("Le %(day)s n’est pas encore arrivé : donnez la date du jour ou une date passée.")


class AnswersWithoutDictionary(DomainError):
    """Answers mean nothing without the dictionary they were given with."""

    code = "registry.answers_without_dictionary"
    message = _("Ces réponses ne disent pas avec quelle version du dictionnaire elles se lisent.")


class DictionaryUnknown(DomainError):
    """Nobody was ever asked with this version: it is a draft, or there is none."""

    code = "registry.dictionary_unknown"
    message = _(
        "La version %(number)s du dictionnaire n’a jamais été en service : donnez celle du "
        "questionnaire posé, ou aucune pour celle d’aujourd’hui."
    )


class PositionOffEarth(DomainError):
    """Coordinates outside the globe."""

    code = "registry.position_off_earth"
    message = _(
        "Position GPS impossible : la longitude va de -180 à 180 et la latitude de -90 à 90. "
        "Vérifiez qu’elles ne sont pas échangées."
    )
    constraints = ("registry_household_position_on_earth",)


class TextTooLong(DomainError):
    """The column cannot hold the text."""

    code = "registry.text_too_long"
    message = _("Ce texte est trop long : gardez %(longest)s caractères au plus.")
