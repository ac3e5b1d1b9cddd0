"""What keeps an import from going on."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class DatesReversed(DomainError):
    """A collection ends after it began."""

    code = "collection.dates_reversed"
    message = _("La collecte finit avant d’avoir commencé : corrigez les dates.")
    constraints = ("collection_datasource_dates_in_order",)


class FileMissing(DomainError):
    """An import without a file."""

    code = "collection.file_missing"
    message = _("Choisissez un fichier : un import sans fichier n’apporte rien.")


class FilesGone(DomainError):
    """The retention job has removed the files."""

    code = "collection.files_gone"
    message = _(
        "Les fichiers de cet import ont été effacés après leur durée de conservation : déposez-les "
        "de nouveau."
    )


class MappingRefused(DomainError):
    """The columns cannot be used as chosen."""

    code = "collection.mapping_refused"
    message = _("La correspondance des colonnes ne peut pas servir. %(faults)s")


class NothingToImport(DomainError):
    """No line below the titles."""

    code = "collection.nothing_to_import"
    message = _("Le fichier n’a aucune ligne sous ses titres : il n’y a rien à importer.")


class ImportNotDraft(DomainError):
    """Columns and options are chosen before the start."""

    code = "collection.import_not_draft"
    message = _("Cet import est déjà lancé : ses colonnes et ses options ne changent plus.")


class ImportNotOpen(DomainError):
    """There is nothing to stop."""

    code = "collection.import_not_open"
    message = _("Cet import n’est pas en cours : il n’y a rien à arrêter.")


class ImportNotResumable(DomainError):
    """Only what stopped midway goes on."""

    code = "collection.import_not_resumable"
    message = _("Seul un import arrêté ou interrompu peut reprendre.")


class ImportNotTakeable(DomainError):
    """Nothing of it is in the registry, or it still runs."""

    code = "collection.import_not_takeable"
    message = _(
        "Cet import ne peut pas être retiré : il n’a rien apporté, ou il est encore en cours."
    )


class ImportStoodOn(DomainError):
    """Something was built on what the import brought."""

    code = "collection.import_stood_on"
    message = _(
        "Des ménages de cet import ont changé depuis, ou servent ailleurs : %(count)s en tout, "
        "d’abord le %(first)s (%(what)s). Rien n’a été retiré : corrigez plutôt ménage par ménage, "
        "ou annulez d’abord ce qui a suivi."
    )


class ChooseZone(DomainError):
    """Lines of several zones would be seen by the people of one."""

    code = "collection.choose_zone"
    message = _("Vous travaillez dans plusieurs zones : choisissez celle de cet import.")


class ImportBroken(DomainError):
    """A fault of the program or of the machine stopped the job."""

    code = "collection.import_broken"
    message = _(
        "Une erreur imprévue a interrompu l’import. Ce qui était entré est entier ; continuez-le, "
        "et prévenez l’unité technique si cela recommence."
    )


class DataSourceUnknown(DomainError):
    """A machine brings lists of its own organisation only."""

    code = "collection.data_source_unknown"
    message = _(
        "Le registre des sources n’a pas de source de ce nom pour votre organisation : demandez à "
        "l’unité technique de l’y inscrire."
    )


class MappingUnknown(DomainError):
    """The columns of a machine's file are chosen beforehand, by people."""

    code = "collection.mapping_unknown"
    message = _(
        "Aucune correspondance de colonnes ne porte ce nom : l’unité technique la prépare une fois "
        "sur un premier fichier, puis la garde."
    )
