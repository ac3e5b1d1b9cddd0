"""Zones are kept or read one by one: the counts of a snapshot are of zones."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("snapshots", "0002_marks_of_change")]
    operations = [
        migrations.RenameField("snapshot", "chunks_read", "zones_read"),
        migrations.RenameField("snapshot", "chunks_kept", "zones_kept"),
    ]
