"""Refusals about documents."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class DocumentTooLarge(DomainError):
    """The file is over the limit."""

    code = "registry.document_too_large"
    field = "upload"
    message = _("Fichier trop lourd : %(limit)s Mo au plus. Réduisez la photo ou le PDF.")


class DocumentUnreadable(DomainError):
    """The bytes are none of the accepted types."""

    code = "registry.document_unreadable"
    field = "upload"
    message = _(
        "Fichier refusé : seuls une image JPEG, PNG ou WebP lisible, ou un PDF, sont acceptés."
    )


class DocumentRemoved(DomainError):
    """It is removed already."""

    code = "registry.document_removed"
    message = _("Ce document est déjà retiré.")
