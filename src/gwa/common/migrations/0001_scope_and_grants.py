from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from gwa.common.protection import SCOPE_FUNCTION, grant_to_application


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # Default privileges reach only what is made after them.
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0001_initial"),
    ]
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(SCOPE_FUNCTION, "DROP FUNCTION gwa_scope()"),
        grant_to_application(),
    ]
