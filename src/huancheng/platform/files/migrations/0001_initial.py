"""Stored files and uploads."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("format", models.CharField(max_length=20)),
                ("media_type", models.CharField(max_length=100)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("flags", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("wanted_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person", models.BigIntegerField(db_index=True)),
                ("name", models.CharField(max_length=240)),
                ("size", models.PositiveBigIntegerField()),
                ("piece", models.PositiveIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("touched_at", models.DateTimeField(db_index=True)),
                (
                    "stored",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
    ]
