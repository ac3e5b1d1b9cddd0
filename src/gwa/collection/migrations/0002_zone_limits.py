"""Files, households and refused lines of imports show only in their zones."""

from django.db import migrations

from gwa.common.protection import protect_by_zone

PERSONAL = (
    "collection_import",
    "collection_importfile",
    "collection_importedhousehold",
    "collection_refusedline",
)


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_imports")]
    operations = [protect_by_zone(table) for table in PERSONAL]
