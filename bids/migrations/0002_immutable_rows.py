"""Rows that never change, and nobody on both sides of a call: see bids/models/triggers.py."""

from django.db import migrations

from bids.models import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("bids", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
