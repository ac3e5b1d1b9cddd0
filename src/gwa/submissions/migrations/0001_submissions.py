"""Create devices, interviews as they were received, and their files."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gwa.common.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("questionnaires", "0001_forms"),
        ("registry", "0008_searches_counted_with_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("zone_path", models.CharField(db_collation="C", max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "submissions_original",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="nom")),
                ("token_digest", models.BinaryField(unique=True)),
                ("client", models.CharField(blank=True, max_length=200)),
                ("client_device_id", models.CharField(blank=True, max_length=100)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                ("last_contact_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=150)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                ("instance_id", models.CharField(max_length=120, unique=True)),
                ("deprecated_id", models.CharField(blank=True, max_length=120)),
                ("interview_id", models.UUIDField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "reçu"),
                            ("accepted", "accepté"),
                            ("warned", "accepté avec des remarques"),
                            ("nobody", "visite sans inscription"),
                            ("waiting", "en attente d’une personne"),
                            ("refused", "refusé"),
                            ("quarantined", "mis à part"),
                            ("replaced", "remplacé par une correction"),
                        ],
                        default="received",
                        max_length=12,
                    ),
                ),
                (
                    "queue",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("checks", "contrôles"),
                            ("place", "lieu inconnu"),
                            ("conflict", "conflits"),
                            ("registry", "refus du registre"),
                            ("mapping", "correspondance"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("sealed_problems", models.BinaryField(blank=True, null=True)),
                ("settled", models.JSONField(blank=True, default=dict)),
                ("is_complete", models.BooleanField(default=False)),
                ("interviewed_on", models.DateField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("change_id", models.UUIDField(blank=True, null=True)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="submissions.device",
                    ),
                ),
                (
                    "form_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.formversion",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="registry.household",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "ordering": ("-received_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
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
                ("name", models.CharField(max_length=200)),
                ("stored", models.CharField(blank=True, max_length=200)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("refusal", models.CharField(blank=True, max_length=80)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="registry.document",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="submissions.submission",
                    ),
                ),
            ],
            options={
                "ordering": ("submission", "name"),
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["zone_path", "id"], name="submissions_submission_zone"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                fields=["status", "queue", "id"], name="submissions_submission_state"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["household"], name="submissions_submission_home"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("interview_id", "revision"), name="submissions_submission_revision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), models.Q(("queue", ""), _negated=True)),
                    models.Q(models.Q(("status", "waiting"), _negated=True), ("queue", "")),
                    _connector="OR",
                ),
                name="submissions_submission_waits_in_a_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("accepted", "warned")), _negated=True),
                    ("household__isnull", False),
                    _connector="OR",
                ),
                name="submissions_submission_accepted_has_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="submissionfile",
            constraint=models.UniqueConstraint(
                fields=("submission", "name"), name="submissions_submissionfile_once"
            ),
        ),
    ]
