from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0003_draft_files")]
    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("fingerprint", models.BinaryField()),
                ("first_seen_at", models.DateTimeField()),
            ],
            options={"ordering": ("number",)},
        ),
        # The application meets keys; only the owner may give one up.
        migrations.RunSQL(
            f'REVOKE UPDATE, DELETE, TRUNCATE ON common_datakey FROM "{settings.APPLICATION_ROLE}"',
            migrations.RunSQL.noop,
        ),
    ]
