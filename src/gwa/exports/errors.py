"""Why an export is refused or stops."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class ColumnRefused(DomainError):
    """A column that the person may not read."""

    code = "exports.column_refused"
    message = _("Vous n’avez pas le droit de lire la colonne « %(column)s » : ôtez-la.")


class ZoneRefused(DomainError):
    """A zone outside those of the person."""

    code = "exports.zone_refused"
    message = _("Cette zone n’est pas une des vôtres : choisissez-en une que vous voyez.")


class NobodyToExport(DomainError):
    """No household answers the filters."""

    code = "exports.nobody"
    message = _("Aucun ménage ne répond à ces filtres : élargissez-les.")


class TooManyRows(DomainError):
    """More rows than a sheet may hold."""

    code = "exports.too_many_rows"
    message = _(
        "%(rows)s lignes : une feuille Excel n’en tient que %(most)s. Choisissez CSV ou Parquet, "
        "ou une zone plus petite."
    )


class RightLost(DomainError):
    """The account lost its right, or was closed, before the file was made."""

    code = "exports.right_lost"
    message = _("Ce compte n’a plus le droit d’exporter : rien n’a été écrit.")


class ExportOpen(DomainError):
    """The person has one under way."""

    code = "exports.open"
    message = _("Un de vos exports est en cours : attendez qu’il soit prêt, ou annulez-le.")


class Cancelled(DomainError):
    """Somebody asked to stop."""

    code = "exports.cancelled"
    message = _("L’export est annulé : rien n’a été gardé.")


class FileGone(DomainError):
    """The file is not there any more, or not yet."""

    code = "exports.file_gone"
    message = _("Ce fichier n’est plus gardé ici : demandez l’export de nouveau.")
