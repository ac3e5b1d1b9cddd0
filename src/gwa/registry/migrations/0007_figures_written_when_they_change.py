"""The moment of the last computation is kept once, and no longer in each of 250,000 figures."""

import django.db.models.deletion
from django.db import migrations, models

KEEP_MOMENT = """
INSERT INTO registry_figuresrun (id, computed_at)
SELECT 1, max(computed_at) FROM registry_zonefigure HAVING count(*) > 0;
DELETE FROM registry_zonefigure WHERE value = 0;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_one_principal_membership")]

    operations = [
        migrations.CreateModel(
            name="FiguresRun",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="registry_figuresrun_only_one"
                    )
                ],
            },
        ),
        migrations.RunSQL(f"SET LOCAL gwa.scope = '*'; {KEEP_MOMENT}", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="zonefigure", name="computed_at"),
        # The unique key begins with the zone already.
        migrations.AlterField(
            model_name="zonefigure",
            name="zone",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="zones.zone",
            ),
        ),
    ]
