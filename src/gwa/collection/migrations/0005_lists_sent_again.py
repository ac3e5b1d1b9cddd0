"""A list sent again is recognised by the fingerprints of its lines."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0004_paper_forms_zone_limits")]
    operations = [
        migrations.AddField("importedhousehold", "said", models.BinaryField(default=b"")),
        migrations.AddField(
            "importedhousehold",
            "state",
            models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
    ]
