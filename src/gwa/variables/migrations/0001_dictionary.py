"""Create the tables of the dictionary."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DictionaryVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("labels", models.JSONField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("published", "publiée"),
                            ("retired", "retirée"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("languages", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="variables.dictionaryversion",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=63)),
                ("position", models.PositiveSmallIntegerField()),
                ("labels", models.JSONField()),
                ("is_core", models.BooleanField(default=True)),
                ("refresh_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.JSONField(blank=True, default=dict)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="variables.dictionaryversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "position"),
            },
        ),
        migrations.CreateModel(
            name="Variable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=63)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "level",
                    models.CharField(
                        choices=[("household", "household"), ("person", "person")], max_length=16
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("integer", "integer"),
                            ("decimal", "decimal"),
                            ("boolean", "boolean"),
                            ("date", "date"),
                            ("year_month", "year_month"),
                            ("text", "text"),
                            ("choice", "choice"),
                            ("choices", "choices"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "storage",
                    models.CharField(
                        choices=[("answers", "answers"), ("registry", "registry")],
                        default="answers",
                        max_length=16,
                    ),
                ),
                ("labels", models.JSONField()),
                ("unit", models.JSONField(blank=True, default=dict)),
                (
                    "minimum",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                ),
                (
                    "maximum",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
                ("is_sensitive", models.BooleanField(default=False)),
                ("from_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("to_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("relevance", models.JSONField(blank=True, default=dict)),
                ("note", models.JSONField(blank=True, default=dict)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variables",
                        to="variables.section",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variables",
                        to="variables.dictionaryversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "position"),
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=63)),
                ("position", models.PositiveSmallIntegerField()),
                ("labels", models.JSONField()),
                (
                    "variable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="variables.variable",
                    ),
                ),
            ],
            options={
                "ordering": ("variable", "position"),
            },
        ),
        migrations.CreateModel(
            name="VariableMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=63)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renamed", "renamed"),
                            ("split", "split"),
                            ("merged_choices", "merged_choices"),
                            ("dropped", "dropped"),
                            ("unit_converted", "unit_converted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("outputs", models.JSONField(blank=True, default=list)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="variables.dictionaryversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "source"),
            },
        ),
        migrations.AddConstraint(
            model_name="dictionaryversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="version_number_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="dictionaryversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("retired_at", None), ("status", "draft")),
                    models.Q(
                        ("published_at__isnull", False),
                        ("retired_at", None),
                        ("status", "published"),
                    ),
                    models.Q(
                        ("published_at__isnull", False),
                        ("retired_at__isnull", False),
                        ("status", "retired"),
                    ),
                    _connector="OR",
                ),
                name="version_status_matches_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="dictionaryversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None),
                    ("retired_at__gte", models.F("published_at")),
                    _connector="OR",
                ),
                name="version_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="dictionaryversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("content_hash__regex", "^[0-9a-f]{64}$")),
                name="version_hash_is_sha256",
            ),
        ),
        migrations.AddConstraint(
            model_name="dictionaryversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("labels__has_keys", ["fr", "en"])),
                name="version_labels_french_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("version", "name"), name="section_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("version", "position"), name="section_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^[a-z][a-z0-9_]{0,62}$")),
                name="section_name_snake_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("labels__has_keys", ["fr", "en"])),
                name="section_labels_french_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refresh_months", None), ("refresh_months__gte", 1), _connector="OR"
                ),
                name="section_refresh_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.UniqueConstraint(
                fields=("version", "name"), name="variable_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.UniqueConstraint(
                fields=("version", "position"), name="variable_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^[a-z][a-z0-9_]{0,62}$")),
                name="variable_name_snake_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["household", "person"])),
                name="variable_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "integer",
                            "decimal",
                            "boolean",
                            "date",
                            "year_month",
                            "text",
                            "choice",
                            "choices",
                        ],
                    )
                ),
                name="variable_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(("storage__in", ["answers", "registry"])),
                name="variable_storage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(("labels__has_keys", ["fr", "en"])),
                name="variable_labels_french_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("type__in", ["integer", "decimal"]),
                    models.Q(("maximum", None), ("minimum", None)),
                    _connector="OR",
                ),
                name="variable_range_of_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum", None),
                    ("maximum", None),
                    ("minimum__lte", models.F("maximum")),
                    _connector="OR",
                ),
                name="variable_range_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decimals__range", (1, 4)), ("type", "decimal")),
                    ("decimals", 0),
                    _connector="OR",
                ),
                name="variable_decimals_of_decimal",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", "person"),
                    models.Q(("from_age", None), ("to_age", None)),
                    _connector="OR",
                ),
                name="variable_ages_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="variable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_age", None),
                    ("to_age", None),
                    ("from_age__lte", models.F("to_age")),
                    _connector="OR",
                ),
                name="variable_ages_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("variable", "code"), name="choice_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("variable", "position"), name="choice_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z0-9][a-z0-9_]{0,62}$")),
                name="choice_code_snake_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("labels__has_keys", ["fr", "en"])),
                name="choice_labels_french_english",
            ),
        ),
        migrations.AddConstraint(
            model_name="variablemapping",
            constraint=models.UniqueConstraint(
                fields=("version", "source"), name="mapping_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="variablemapping",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["renamed", "split", "merged_choices", "dropped", "unit_converted"],
                    )
                ),
                name="mapping_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="variablemapping",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "dropped"), ("outputs", [])),
                    models.Q(
                        models.Q(("kind", "dropped"), _negated=True),
                        models.Q(("outputs", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mapping_dropped_has_no_output",
            ),
        ),
    ]
