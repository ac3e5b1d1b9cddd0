"""Drafts of forms and their files, sealed for their author; the keys that seal."""

from django.conf import settings
from django.db import models

from gwa.common.ids import new_id


class FormDraft(models.Model):
    """What somebody has typed in a form and not yet sent. Sealed: the database cannot read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    # Which form, and for which record: "registry.correct_value:0190…"; never a name.
    form = models.CharField(max_length=200)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("author", "form"), name="one_draft_a_form_and_author"),
        )

    def __str__(self) -> str:
        return self.form


class DraftFile(models.Model):
    """A photo or a PDF handed in with a draft. Sealed; it goes when the draft goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(FormDraft, on_delete=models.CASCADE, related_name="files")
    sealed = models.BinaryField()
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")

    def __str__(self) -> str:
        return str(self.id)


class DataKey(models.Model):
    """A data key that this database was sealed with: its number, and what recognises it."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    fingerprint = models.BinaryField()
    first_seen_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"data key {self.number}"
