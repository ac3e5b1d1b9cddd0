"""Marks are looked up by zone too: has anything changed there?"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("snapshots", "0003_zone_by_zone")]
    operations = [
        migrations.AddIndex(
            model_name="zonechange",
            index=models.Index(fields=["zone_path", "id"], name="snapshots_zonechange_zone"),
        ),
    ]
