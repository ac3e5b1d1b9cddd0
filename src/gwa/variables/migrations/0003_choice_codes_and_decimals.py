"""Let codes hold capitals (the registry writes F and M) and positions six decimals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("variables", "0002_published_versions_never_change"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="choice",
            name="choice_code_snake_case",
        ),
        migrations.RemoveConstraint(
            model_name="variable",
            name="variable_decimals_of_decimal",
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9_]{0,62}$")),
                name="choice_code_is_a_word",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decimals__range", (1, 6)), ("type", "decimal")),
                    ("decimals", 0),
                    _connector="OR",
                ),
                name="variable_decimals_of_decimal",
            ),
        ),
    ]
