"""Create forms, their versions, remarks on them, and who asks them where."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("variables", "0003_choice_codes_and_decimals"),
        ("zones", "0001_zones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Form",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("title", "code"),
            },
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "brouillon"),
                            ("submitted", "soumise au comité"),
                            ("validated", "validée"),
                            ("published", "en service"),
                            ("retired", "retirée"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("workbook", models.BinaryField(blank=True)),
                ("file_name", models.CharField(max_length=200)),
                ("xform", models.BinaryField()),
                ("xform_md5", models.CharField(max_length=32)),
                ("warnings", models.TextField(blank=True)),
                ("purpose", models.TextField(blank=True)),
                ("minutes", models.CharField(blank=True, max_length=200)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.CharField(max_length=150)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_by", models.CharField(blank=True, max_length=150)),
                ("validated_at", models.DateTimeField(blank=True, null=True)),
                ("validated_by", models.CharField(blank=True, max_length=150)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("published_by", models.CharField(blank=True, max_length=150)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("retired_by", models.CharField(blank=True, max_length=150)),
                (
                    "dictionary_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="variables.dictionaryversion",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="questionnaires.form",
                    ),
                ),
            ],
            options={
                "ordering": ("form", "-proposed_at"),
            },
        ),
        migrations.CreateModel(
            name="FormRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comment", "commentaire"),
                            ("proposal", "proposition"),
                            ("sent_back", "renvoyée par le comité"),
                            ("validated", "validée par le comité"),
                        ],
                        default="comment",
                        max_length=10,
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("written_by", models.CharField(max_length=150)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.CharField(blank=True, max_length=150)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="questionnaires.formversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "written_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="FormMedia",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("media_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("md5", models.CharField(max_length=32)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="media",
                        to="questionnaires.formversion",
                    ),
                ),
            ],
            options={
                "ordering": ("version", "name"),
            },
        ),
        migrations.CreateModel(
            name="FormAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "modules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="questionnaires.form",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                    ),
                ),
            ],
            options={
                "ordering": ("form", "zone", "-starts_on"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="questionnaires_formassignment_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        fields=("form", "zone", "user", "starts_on"),
                        name="questionnaires_formassignment_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.UniqueConstraint(
                fields=("form", "version"), name="questionnaires_formversion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at", None), ("status__in", ("draft", "submitted", "validated"))
                    ),
                    models.Q(
                        ("dictionary_version__isnull", False),
                        ("published_at__isnull", False),
                        ("status__in", ("published", "retired")),
                    ),
                    _connector="OR",
                ),
                name="questionnaires_formversion_published_means",
            ),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at__isnull", False), ("status", "retired")),
                    models.Q(models.Q(("status", "retired"), _negated=True), ("retired_at", None)),
                    _connector="OR",
                ),
                name="questionnaires_formversion_retired_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at", None),
                    ("retired_at__gte", models.F("published_at")),
                    _connector="OR",
                ),
                name="questionnaires_formversion_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="formmedia",
            constraint=models.UniqueConstraint(
                fields=("version", "name"), name="questionnaires_formmedia_once"
            ),
        ),
    ]
