"""Each table with people in it shows only the zones of the present scope."""

from django.db import migrations

from gwa.common.protection import protect_by_zone

PERSONAL = (
    "registry_compound",
    "registry_household",
    "registry_householdorigin",
    "registry_person",
    "registry_membership",
    "registry_identifier",
    "registry_document",
    "registry_statement",
    "registry_personname",
    "registry_zonefigure",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_history")]
    operations = [protect_by_zone(table) for table in PERSONAL]
