"""Badges are valid until a day, and may be withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_work")]
    operations = [
        migrations.AddField("badge", "valid_until", models.DateField(blank=True, null=True)),
        migrations.AddField("badge", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
    ]
