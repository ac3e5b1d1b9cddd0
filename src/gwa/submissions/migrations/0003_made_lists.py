"""Lists of households and persons, kept as they were last made for a form and some zones."""

from django.db import migrations, models

import gwa.common.ids


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_originals_and_zone_limits")]
    operations = [
        migrations.CreateModel(
            name="MadeList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.BinaryField(unique=True)),
                ("state", models.CharField(max_length=64)),
                ("md5", models.CharField(max_length=32)),
                ("rows", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
        ),
    ]
