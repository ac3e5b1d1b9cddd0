"""An index of the few numbers that two persons claim: each page of the back office counts them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_added_rows_by_statement")]

    operations = [
        migrations.AddIndex(
            model_name="identifier",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", True), ("is_claim", True)),
                fields=["zone_path"],
                name="registry_identifier_claims",
            ),
        ),
    ]
