"""The files of which nothing was made yet are found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_erased_interviews")]
    operations = [
        migrations.AddIndex(
            model_name="submissionfile",
            index=models.Index(
                condition=models.Q(
                    ("document", None),
                    ("refusal", ""),
                    models.Q(("stored", ""), _negated=True),
                ),
                fields=["received_at"],
                name="submissions_submissionfile_new",
            ),
        ),
    ]
