"""Interviews of erased households: telephones may not send them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_made_lists")]
    operations = [
        migrations.CreateModel(
            name="ErasedInterview",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField()),
            ],
        ),
    ]
