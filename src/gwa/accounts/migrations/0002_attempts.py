"""The table of attempts, shared by web processes: Django's database cache."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def create_table(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    database = editor.connection.alias
    call_command("createcachetable", "accounts_attempts", database=database, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts"), ("common", "0001_scope_and_grants")]
    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
