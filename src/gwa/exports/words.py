"""Why an export failed, in the words of its refusal."""

from django.utils.translation import gettext as _

from gwa.common.errors import DomainError
from gwa.exports import errors

_KNOWN = {
    one.code: one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, DomainError) and one is not DomainError
}


def explain_failure(code: str) -> str:
    """Return the sentence of a refusal; the name alone of a fault of the program."""
    if not code:
        return ""
    if code == errors.TooManyRows.code:
        return _("Trop de lignes pour une feuille Excel : prenez CSV, Parquet ou une autre zone.")
    known = _KNOWN.get(code)
    if known is None:
        return _("Une panne (%(name)s) : demandez l’export de nouveau.") % {"name": code}
    if known is errors.ColumnRefused:
        return _("Une colonne ne vous est plus ouverte : demandez l’export de nouveau sans elle.")
    return str(known.message)
