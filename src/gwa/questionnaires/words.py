"""Kinds of questions, faults, refusals and doubts, said in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gwa.questionnaires.rules.deriving import Refusal, RefusalKind
from gwa.questionnaires.xform.definitions import Kind
from gwa.questionnaires.xform.doubts import DoubtKind
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.variables.rules.definitions import Level, ValueType

KINDS: dict[Kind, str | Promise] = {
    Kind.TEXT: gettext_lazy("texte"),
    Kind.INTEGER: gettext_lazy("nombre entier"),
    Kind.DECIMAL: gettext_lazy("nombre à virgule"),
    Kind.DATE: gettext_lazy("date"),
    Kind.TIME: gettext_lazy("heure"),
    Kind.DATETIME: gettext_lazy("date et heure"),
    Kind.SELECT_ONE: gettext_lazy("un choix"),
    Kind.SELECT_MULTIPLE: gettext_lazy("plusieurs choix"),
    Kind.RANK: gettext_lazy("classement"),
    Kind.GEOPOINT: gettext_lazy("position GPS"),
    Kind.GEOTRACE: gettext_lazy("tracé GPS"),
    Kind.GEOSHAPE: gettext_lazy("contour GPS"),
    Kind.IMAGE: gettext_lazy("photo"),
    Kind.AUDIO: gettext_lazy("enregistrement"),
    Kind.VIDEO: gettext_lazy("vidéo"),
    Kind.FILE: gettext_lazy("fichier"),
    Kind.BARCODE: gettext_lazy("code-barres"),
    Kind.ACKNOWLEDGE: gettext_lazy("case à cocher"),
    Kind.NOTE: gettext_lazy("texte à lire"),
    Kind.HIDDEN: gettext_lazy("calcul"),
}
"""What kind of answer a question takes, as people say it."""

_DOUBTS: dict[DoubtKind, str | Promise] = {
    DoubtKind.OWN_REPEAT: gettext_lazy(
        "Une question répétée pour chaque personne en nomme une autre par son chemin entier : un "
        "téléphone lit celle de la même personne, l’autre celles de toutes. Nommez-la par ${…}, ou "
        "par indexed-repeat()."
    ),
    DoubtKind.BLANKS: gettext_lazy(
        "Une somme, un plus grand ou un plus petit où une réponse manque : un téléphone compte les "
        "autres, l’autre ne donne rien. Rendez la question obligatoire, ou filtrez les vides."
    ),
    DoubtKind.PATTERN: gettext_lazy(
        "Un motif sans ^ ni $ : un téléphone veut la réponse entière, l’autre se contente d’une "
        "partie. Écrivez ^ au début et $ à la fin."
    ),
    DoubtKind.TRUTH: gettext_lazy(
        "Une question employée seule comme condition : sans réponse, elle est vraie sur un "
        "téléphone, fausse sur l’autre. Comparez-la à une valeur."
    ),
    DoubtKind.MARK: gettext_lazy(
        "substring-after() avec une marque de plusieurs lettres : le navigateur n’en lit que la "
        "première. Employez une marque d’une seule lettre."
    ),
}

# Kinds of questions, types of variables and levels share one space of names.
_SAID: dict[str, str | Promise] = {
    **{str(kind): name for kind, name in KINDS.items()},
    ValueType.BOOLEAN: gettext_lazy("oui ou non"),
    ValueType.CHOICE: KINDS[Kind.SELECT_ONE],
    ValueType.CHOICES: KINDS[Kind.SELECT_MULTIPLE],
    ValueType.YEAR_MONTH: gettext_lazy("mois et année"),
    Level.HOUSEHOLD: gettext_lazy("ménage"),
    Level.PERSON: gettext_lazy("personne"),
}

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
    FaultKind.CALLS_ITSELF: gettext_lazy(
        "Ligne « %(where)s » : le calcul dépend de son propre résultat (%(what)s), un téléphone ne "
        "le finirait jamais. Retirez l’un de ces renvois de « calculation »."
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


def say_doubt(kind: DoubtKind) -> str:
    """Say what phones differ about, and how to write it so that they agree."""
    return str(_DOUBTS[kind])


def say_form_fault(fault: Fault) -> str:
    """Say what keeps a form from being used, and where."""
    return str(_FAULTS[fault.kind]) % {"where": fault.where, "what": fault.what}


def say_refusal(refusal: Refusal) -> str:
    """Say why a form cannot be published, and how to mend it."""
    return str(_REFUSALS[refusal.kind]) % {
        "question": refusal.question,
        "variable": refusal.variable,
        "before": _SAID.get(refusal.before, refusal.before),
        "after": _SAID.get(refusal.after, refusal.after),
    }
