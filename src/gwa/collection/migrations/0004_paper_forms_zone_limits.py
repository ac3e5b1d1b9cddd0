"""Paper forms show only in their zones."""

from django.db import migrations

from gwa.common.protection import protect_by_zone


class Migration(migrations.Migration):
    dependencies = [("collection", "0003_paper_forms")]
    operations = [protect_by_zone("collection_paperform")]
