"""Telephones that run Gwa Collecte: their keys and secrets, their envelopes, copies of drafts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gwa.common.ids
from gwa.common.protection import protect_by_zone


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0001_forms"),
        ("submissions", "0005_files_not_drawn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SealKey",
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
                ("kid", models.CharField(max_length=16, unique=True)),
                ("public_point", models.BinaryField()),
                ("private_sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-made_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Upload",
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
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveIntegerField()),
                (
                    "pieces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("touched_at", models.DateTimeField(db_index=True)),
                ("is_done", models.BooleanField(default=False)),
                ("instance_id", models.CharField(blank=True, max_length=120)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("refusal", models.CharField(blank=True, max_length=80)),
                ("refusal_facts", models.JSONField(blank=True, default=dict)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="submissions.device",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftCopy",
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
                ("instance_id", models.CharField(max_length=120)),
                ("household_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("made_at", models.DateTimeField(verbose_name="écrit le")),
                ("received_at", models.DateTimeField(db_index=True, verbose_name="reçu le")),
                ("sealed", models.BinaryField()),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_copies",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_copies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-received_at", "-id"),
                "indexes": [
                    models.Index(fields=["zone_path", "id"], name="submissions_draftcopy_zone")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "instance_id"), name="submissions_draftcopy_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handset",
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
                ("client_device_id", models.CharField(max_length=100)),
                ("sealed", models.BinaryField()),
                ("knock_digest", models.BinaryField(unique=True)),
                ("unlock_serial", models.PositiveIntegerField(default=0)),
                ("bound_at", models.DateTimeField()),
                ("app_version", models.CharField(blank=True, max_length=40)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("held_drafts", models.PositiveIntegerField(default=0)),
                ("held_waiting", models.PositiveIntegerField(default=0)),
                ("held_since", models.DateTimeField(blank=True, null=True)),
                ("is_persistent", models.BooleanField(blank=True, null=True)),
                ("storage_used", models.BigIntegerField(blank=True, null=True)),
                ("storage_quota", models.BigIntegerField(blank=True, null=True)),
                ("pin_misses", models.PositiveSmallIntegerField(default=0)),
                ("is_shut", models.BooleanField(default=False)),
                ("clock_ahead_seconds", models.BigIntegerField(default=0)),
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handset",
                        to="submissions.device",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["client_device_id"], name="submissions_handset_client")
                ],
            },
        ),
        protect_by_zone("submissions_draftcopy"),
    ]
