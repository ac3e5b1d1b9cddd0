"""Create the register of sources and the tables of imports."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import gwa.common.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0005_searches_and_visits"),
        ("variables", "0003_choice_codes_and_decimals"),
        ("zones", "0001_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "enquête par entretien"),
                            ("paper", "fiches papier"),
                            ("commune", "liste d’une commune"),
                            ("partner", "base d’un partenaire"),
                            ("scheme", "fichier d’un régime contributif"),
                            ("import", "ancienne liste"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("organisation", models.CharField(max_length=150, verbose_name="organisme")),
                ("collected_from", models.DateField(verbose_name="collectée du")),
                ("collected_to", models.DateField(verbose_name="au")),
                (
                    "households_told",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="ménages annoncés"
                    ),
                ),
                (
                    "persons_told",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="personnes annoncées"
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, max_length=2000, verbose_name="description"),
                ),
                (
                    "quality",
                    models.TextField(blank=True, max_length=2000, verbose_name="qualité constatée"),
                ),
                ("added_at", models.DateTimeField(editable=False)),
                ("added_by", models.CharField(editable=False, max_length=150)),
                (
                    "zones",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="zones couvertes",
                    ),
                ),
            ],
            options={
                "ordering": ("-collected_to", "name"),
            },
        ),
        migrations.CreateModel(
            name="Import",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "à préparer"),
                            ("queued", "en attente"),
                            ("running", "en cours"),
                            ("done", "terminé"),
                            ("cancelled", "arrêté"),
                            ("failed", "interrompu"),
                            ("taken_back", "repris"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("mapping", models.JSONField(default=dict)),
                (
                    "known",
                    models.CharField(
                        choices=[
                            ("update", "mettre à jour ce qui diffère"),
                            ("leave", "les laisser tels quels"),
                            ("refuse", "refuser leurs lignes"),
                        ],
                        default="update",
                        max_length=10,
                        verbose_name="ménages déjà connus",
                    ),
                ),
                ("collected_on", models.DateField(verbose_name="date de la liste")),
                (
                    "scope_paths",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("change_id", models.UUIDField(editable=False, null=True)),
                ("counts", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=dict)),
                ("lines_total", models.PositiveIntegerField(null=True)),
                ("chunks_done", models.PositiveIntegerField(default=0)),
                ("chunks_total", models.PositiveIntegerField(null=True)),
                ("is_cancel_asked", models.BooleanField(default=False)),
                ("failure", models.JSONField(null=True)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=150)),
                ("added_by_id", models.BigIntegerField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("emptied_at", models.DateTimeField(null=True)),
                (
                    "data_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="collection.datasource",
                    ),
                ),
                (
                    "dictionary_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="variables.dictionaryversion",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "ordering": ("-added_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ImportedHousehold",
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
                ("household_id", models.UUIDField()),
                ("key_index", models.BinaryField()),
                ("members", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("registered", "enregistré"),
                            ("updated", "mis à jour"),
                            ("unchanged", "sans changement"),
                            ("left", "laissé tel quel"),
                        ],
                        max_length=10,
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("to_search", models.BooleanField(default=False)),
                (
                    "data_source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="collection.datasource",
                    ),
                ),
                (
                    "of_import",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="households",
                        to="collection.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportFile",
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
                ("position", models.PositiveSmallIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                ("stored", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("format", models.CharField(max_length=10)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("separator", models.CharField(blank=True, max_length=2)),
                ("sheets", models.JSONField(default=list)),
                (
                    "of_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="collection.import",
                    ),
                ),
            ],
            options={
                "ordering": ("of_import", "position"),
            },
        ),
        migrations.CreateModel(
            name="RefusedLine",
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
                ("sheet", models.CharField(max_length=200)),
                ("line", models.PositiveIntegerField()),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "of_import",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused_lines",
                        to="collection.import",
                    ),
                ),
            ],
            options={
                "ordering": ("of_import", "sheet", "line"),
            },
        ),
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="nom")),
                ("mapping", models.JSONField()),
                ("saved_at", models.DateTimeField(editable=False)),
                ("saved_by", models.CharField(editable=False, max_length=150)),
                (
                    "data_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="collection.datasource",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.AddConstraint(
            model_name="datasource",
            constraint=models.CheckConstraint(
                condition=models.Q(("collected_to__gte", models.F("collected_from"))),
                name="collection_datasource_dates_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["zone_path", "id"], name="collection_import_zone"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["status"], name="collection_import_status"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(("change_id__isnull", False), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="collection_import_started_has_source",
            ),
        ),
        migrations.AddIndex(
            model_name="importedhousehold",
            index=models.Index(
                fields=["of_import", "outcome", "household_id"], name="collection_imported_outcome"
            ),
        ),
        migrations.AddIndex(
            model_name="importedhousehold",
            index=models.Index(fields=["data_source", "key_index"], name="collection_imported_key"),
        ),
        migrations.AddIndex(
            model_name="importedhousehold",
            index=models.Index(fields=["household_id"], name="collection_imported_household"),
        ),
        migrations.AddConstraint(
            model_name="importfile",
            constraint=models.UniqueConstraint(
                fields=("of_import", "position"), name="collection_importfile_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedline",
            constraint=models.UniqueConstraint(
                fields=("of_import", "sheet", "line"), name="collection_refusedline_once"
            ),
        ),
    ]
