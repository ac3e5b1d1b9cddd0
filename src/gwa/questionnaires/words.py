"""The sentences of faults and refusals of forms, in the reader's language."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyxform.errors import PyXFormError

from gwa.questionnaires.rules.deriving import Refusal, RefusalKind
from gwa.questionnaires.xform.faults import Fault, FaultKind

_ROW = re.compile(r"\[row : (\d+)\]")

_FAULTS: dict[FaultKind, str | Promise] = {
    FaultKind.NOT_XML: gettext_lazy("Ligne %(where)s : le fichier n’est pas du XML entier."),
    FaultKind.DOCUMENT_TYPE: gettext_lazy("Le fichier déclare un type de document : retirez-le."),
    FaultKind.TOO_DEEP: gettext_lazy("Les groupes sont emboîtés trop profondément."),
    FaultKind.TOO_LARGE: gettext_lazy("Le formulaire est trop grand."),
    FaultKind.NOT_A_FORM: gettext_lazy("Ce XML n’est pas un formulaire (XForm)."),
    FaultKind.ENCRYPTED: gettext_lazy(
        "Le formulaire chiffre les entretiens avec une clé à lui : le registre ne pourrait pas les "
        "lire. Retirez « public_key » de la feuille « settings »."
    ),
    FaultKind.OTHER_FORM: gettext_lazy("« %(what)s » est un autre formulaire."),
    FaultKind.MISSING: gettext_lazy("« %(where)s » : il manque « %(what)s »."),
    FaultKind.NAMED_TWICE: gettext_lazy("« %(where)s » est nommé deux fois."),
    FaultKind.BAD_EXPRESSION: gettext_lazy(
        "« %(where)s » : l’expression « %(what)s » est mal écrite."
    ),
    FaultKind.UNKNOWN_FUNCTION: gettext_lazy(
        "« %(where)s » : la fonction de « %(what)s » n’existe pas."
    ),
    FaultKind.WRONG_ARGUMENTS: gettext_lazy(
        "« %(where)s » : la fonction de « %(what)s » n’a pas les bons arguments."
    ),
    FaultKind.UNKNOWN_PLACE: gettext_lazy(
        "« %(where)s » : « %(what)s » renvoie à une question qui n’existe pas."
    ),
    FaultKind.UNKNOWN_LIST: gettext_lazy(
        "« %(where)s » : la liste « %(what)s » n’est pas dans le formulaire."
    ),
    FaultKind.UNKNOWN_TEXT: gettext_lazy("« %(where)s » : le texte « %(what)s » manque."),
    FaultKind.ENTITIES_TOO_NEW: gettext_lazy(
        "La version « %(what)s » des entités n’est pas connue ici."
    ),
}

_REFUSALS: dict[RefusalKind, str | Promise] = {
    RefusalKind.SAVES_NOTHING: gettext_lazy(
        "Le formulaire ne dit pas ce qu’il enregistre : ajoutez une feuille « entities » avec la "
        "liste « menages », et « save_to » aux questions."
    ),
    RefusalKind.TYPE_CHANGED: gettext_lazy(
        "La question « %(question)s » change le type de la variable « %(variable)s » (%(before)s → "
        "%(after)s) : les anciennes réponses deviendraient fausses. Donnez-lui un autre nom dans "
        "« save_to »."
    ),
    RefusalKind.LEVEL_CHANGED: gettext_lazy(
        "La variable « %(variable)s » décrit un autre niveau (%(before)s) que la question "
        "« %(question)s » (%(after)s) : donnez un autre nom dans « save_to »."
    ),
    RefusalKind.KIND_NOT_KEPT: gettext_lazy(
        "La question « %(question)s » ne peut pas créer la variable « %(variable)s » : une réponse "
        "de type « %(after)s » ne se garde pas ainsi."
    ),
    RefusalKind.BAD_NAME: gettext_lazy(
        "« %(variable)s » (question « %(question)s ») n’est pas un nom de variable : lettres "
        "minuscules sans accent, chiffres et « _ »."
    ),
}


def say_form_fault(fault: Fault) -> str:
    """Say what keeps a form from being used, and where."""
    return str(_FAULTS[fault.kind]) % {"where": fault.where, "what": fault.what}


def say_refusal(refusal: Refusal) -> str:
    """Say why a form cannot be published, and how to mend it."""
    return str(_REFUSALS[refusal.kind]) % {
        "question": refusal.question,
        "variable": refusal.variable,
        "before": refusal.before,
        "after": refusal.after,
    }


def say_fault(error: PyXFormError) -> str:
    """Say a fault of the workbook by its row, then in the converter's own words."""
    words = " ".join(str(error).split())
    found = _ROW.search(words)
    if found is None:
        return words
    rest = _ROW.sub("", words).strip()
    return _("Ligne %(row)s : %(words)s") % {"row": found[1], "words": rest}
