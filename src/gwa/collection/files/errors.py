"""The closed list of refusals of a file that somebody hands in.

Each sentence says what is wrong, where, and how to mend it: the reader is an agent with a
spreadsheet, not an engineer.
"""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class FileRefused(DomainError):
    """A file that cannot be read as a table."""

    code = "collection.file_refused"


class EmptyFile(FileRefused):
    code = "collection.file_empty"
    message = _(
        "Ce fichier est vide : il ne contient aucune ligne. Vérifiez que vous avez enregistré "
        "le bon fichier, puis déposez-le de nouveau."
    )


class FileTooLarge(FileRefused):
    code = "collection.file_too_large"
    message = _(
        "Ce fichier dépasse %(limit)s Mo. Partagez-le en plusieurs fichiers (par région ou par "
        "cercle), ou enregistrez-le au format Parquet, plus compact."
    )


class UnknownFormat(FileRefused):
    code = "collection.file_format_unknown"
    message = _(
        "Ce fichier n’est pas un tableau que l’on sait lire. Enregistrez-le au format XLSX, ODS, "
        "CSV ou Parquet, puis déposez-le de nouveau."
    )


class OldExcel(FileRefused):
    code = "collection.file_old_excel"
    message = _(
        "Ce fichier est un classeur Excel 97-2003 (XLS), un ancien format. Ouvrez-le dans votre "
        "tableur, choisissez « Enregistrer sous », le type « Classeur Excel (.xlsx) », puis "
        "déposez le nouveau fichier."
    )


class BinaryExcel(FileRefused):
    code = "collection.file_binary_excel"
    message = _(
        "Ce fichier est un classeur Excel binaire (XLSB). Ouvrez-le dans Excel, choisissez "
        "« Enregistrer sous », le type « Classeur Excel (.xlsx) », puis déposez le nouveau fichier."
    )


class WebPage(FileRefused):
    code = "collection.file_web_page"
    message = _(
        "Malgré son nom, ce fichier est une page web (HTML ou XML), comme en produisent certains "
        "logiciels pour Excel. Ouvrez-le dans votre tableur, enregistrez-le au format XLSX, puis "
        "déposez le nouveau fichier."
    )


class WrongExtension(FileRefused):
    code = "collection.file_wrong_extension"
    message = _(
        "Le nom de ce fichier finit par « %(extension)s », mais son contenu est au format "
        "%(found)s. Vérifiez que c’est le bon fichier, donnez-lui l’extension « %(expected)s », "
        "puis déposez-le de nouveau."
    )


class Encrypted(FileRefused):
    code = "collection.file_encrypted"
    message = _(
        "Ce fichier est protégé par un mot de passe. Ouvrez-le, retirez le mot de passe "
        "(Fichier, Informations, Protéger le classeur), enregistrez-le, puis déposez-le de nouveau."
    )


class Damaged(FileRefused):
    code = "collection.file_damaged"
    message = _(
        "Ce fichier est abîmé ou incomplet : la copie ou l’envoi a sans doute été coupé "
        "(%(where)s). Ouvrez l’original, enregistrez-le de nouveau, puis déposez-le."
    )


class CutShort(FileRefused):
    code = "collection.file_cut_short"
    message = _(
        "Ce fichier s’arrête au milieu de la ligne %(line)s : elle a %(cells)s cellules au lieu de "
        "%(expected)s et ne se termine pas. Produisez-le de nouveau à partir de l’original."
    )


class ArchiveTooBig(FileRefused):
    code = "collection.file_archive_too_big"
    message = _(
        "Une fois décompressé, ce fichier occuperait une place démesurée (partie « %(part)s »). Il "
        "n’a pas été ouvert. Recopiez les seules cellules utiles dans un nouveau classeur, puis "
        "déposez celui-ci."
    )


class TooManyParts(FileRefused):
    code = "collection.file_too_many_parts"
    message = _(
        "Ce classeur contient %(count)s parties, au lieu de quelques dizaines. Recopiez les "
        "seules cellules utiles dans un nouveau classeur, puis déposez celui-ci."
    )


class HasEntities(FileRefused):
    code = "collection.file_has_entities"
    message = _(
        "Ce classeur contient des instructions (DOCTYPE) qu’aucun tableur n’écrit, dans la partie "
        "« %(part)s » : il a été refusé par sécurité. Recopiez les cellules dans un nouveau "
        "classeur, puis déposez celui-ci."
    )


class TooManyColumns(FileRefused):
    code = "collection.file_too_many_columns"
    message = _(
        "La feuille « %(sheet)s » a plus de %(limit)s colonnes (ligne %(line)s). Supprimez les "
        "colonnes inutiles, ou vérifiez que le séparateur est le bon, puis déposez de nouveau le "
        "fichier."
    )


class TooManyRows(FileRefused):
    code = "collection.file_too_many_rows"
    message = _(
        "La feuille « %(sheet)s » a plus de %(limit)s lignes. Partagez le fichier en plusieurs "
        "(par région ou par cercle), en gardant ensemble les membres d’un même ménage."
    )


class TooManyMerges(FileRefused):
    code = "collection.file_too_many_merges"
    message = _(
        "La feuille « %(sheet)s » a plus de %(limit)s blocs de cellules fusionnées. "
        "Défusionnez-les et écrivez la valeur sur chaque ligne, ou partagez le fichier en "
        "plusieurs, puis déposez-le de nouveau."
    )


class CellTooLong(FileRefused):
    code = "collection.file_cell_too_long"
    message = _(
        "Une cellule de la feuille « %(sheet)s », ligne %(line)s, dépasse %(limit)s caractères : "
        "un guillemet n’y est sans doute pas refermé. Corrigez cette cellule, puis déposez de "
        "nouveau le fichier."
    )


class HasNul(FileRefused):
    code = "collection.file_has_nul"
    message = _(
        "Ce fichier contient des octets nuls (ligne %(line)s) : ce n’est pas du texte, ou il est "
        "abîmé. Enregistrez-le de nouveau au format « CSV UTF-8 » ou XLSX, puis déposez-le."
    )


class WrongEncoding(FileRefused):
    code = "collection.file_wrong_encoding"
    message = _(
        "La ligne %(line)s ne peut pas être lue avec l’encodage %(encoding)s. Choisissez un autre "
        "encodage, ou enregistrez le fichier au format « CSV UTF-8 » ou XLSX."
    )


class BrokenAccents(FileRefused):
    code = "collection.file_broken_accents"
    message = _(
        "Les accents de ce fichier ont été abîmés avant d’arriver ici (ligne %(line)s : "
        "« %(sample)s »). Reprenez le fichier d’origine et enregistrez-le au format « CSV UTF-8 » "
        "ou XLSX."
    )


class UnclosedQuote(FileRefused):
    code = "collection.file_unclosed_quote"
    message = _(
        'Un guillemet (") n’est pas refermé, ou est suivi d’un texte, vers la ligne %(line)s. '
        "Corrigez cette ligne, ou enregistrez le fichier au format XLSX, puis déposez-le de "
        "nouveau."
    )


class NoHeader(FileRefused):
    code = "collection.file_no_header"
    message = _(
        "La feuille « %(sheet)s » n’a pas de ligne de titres : aucune de ses %(tried)s premières "
        "lignes ne nomme les colonnes. Ajoutez au-dessus des données une ligne qui donne un titre "
        "à chaque colonne."
    )


class MergedHeader(FileRefused):
    code = "collection.file_merged_header"
    message = _(
        "Dans la feuille « %(sheet)s », des cellules de la ligne de titres sont fusionnées "
        "(%(cells)s). Défusionnez-les et donnez un titre à chaque colonne, sur une seule ligne."
    )


class NoRows(FileRefused):
    code = "collection.file_no_rows"
    message = _(
        "La feuille « %(sheet)s » a une ligne de titres (ligne %(line)s) et rien en dessous. "
        "Vérifiez que les données sont dans ce fichier, puis déposez-le de nouveau."
    )


class NestedColumn(FileRefused):
    code = "collection.file_nested_column"
    message = _(
        "La colonne « %(column)s » du fichier Parquet contient des listes, des structures ou des "
        "données binaires. Écrivez une valeur simple par cellule (texte, nombre, date), puis "
        "déposez de nouveau le fichier."
    )


class NoSuchSheet(FileRefused):
    code = "collection.file_no_such_sheet"
    message = _(
        "Ce fichier n’a pas de feuille « %(sheet)s » avec des données. Choisissez l’une de ses "
        "feuilles : %(sheets)s."
    )


class NoSuchEncoding(FileRefused):
    code = "collection.file_no_such_encoding"
    message = _(
        "L’encodage « %(encoding)s » n’est pas connu. Choisissez l’un de ceux de la liste, par "
        "exemple UTF-8."
    )
