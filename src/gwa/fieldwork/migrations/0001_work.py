"""Work that is given out and sent back, the access of zones, badges, cards of households."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gwa.common.ids
from gwa.common.protection import protect_by_zone


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("questionnaires", "0001_forms"),
        ("submissions", "0006_telephones"),
        ("zones", "0001_zones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Badge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="badge",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("zone_path", models.CharField(db_collation="C", editable=False, max_length=200)),
                (
                    "households",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "target",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="nombre de ménages visé"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="à finir le")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="consigne")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.form",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
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
                "ordering": ("due_on", "-made_at", "-id"),
                "indexes": [
                    models.Index(fields=["zone_path", "id"], name="fieldwork_assignment_zone"),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["user"],
                        name="fieldwork_assignment_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("zone_path", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("number", models.CharField(max_length=12, unique=True)),
                ("printed_at", models.DateTimeField()),
                ("printed_by", models.CharField(max_length=150)),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-printed_at", "number"),
                "indexes": [models.Index(fields=["zone_path", "id"], name="fieldwork_card_zone")],
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("zone_path", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("sealed", models.BinaryField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sent_back",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["zone_path", "id"], name="fieldwork_sentback_zone")
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneAccess",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("zone_path", models.CharField(db_collation="C", editable=False, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "ouverte"),
                            ("restricted", "restreinte"),
                            ("closed", "fermée"),
                        ],
                        max_length=10,
                        verbose_name="accès",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("since", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                (
                    "zone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access",
                        to="zones.zone",
                    ),
                ),
            ],
            options={
                "ordering": ("zone_path",),
                "indexes": [
                    models.Index(fields=["zone_path", "id"], name="fieldwork_zoneaccess_zone")
                ],
            },
        ),
        protect_by_zone("fieldwork_assignment"),
        protect_by_zone("fieldwork_sentback"),
        protect_by_zone("fieldwork_zoneaccess"),
        protect_by_zone("fieldwork_card"),
    ]
