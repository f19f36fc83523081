"""What was sealed, for ever; and dossiers of rounds that were made before there was a seal are made again."""

import bids.models.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from bids.models import triggers


def install_triggers(apps, schema_editor):
    triggers.install(schema_editor.connection)


def make_again(apps, schema_editor):
    unsealed = apps.get_model("bids", "Dossier").objects.filter(state="done", sealed_sha256="").exclude(kind="draft")
    unsealed.update(
        state="queued", attempts_allowed=F("attempt") + 3, reason="", progress=0, lease_until=None, finished_at=None
    )


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0008_what_partners_bring'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='bids.dossier', verbose_name='dossier')),
                ('source_digest', models.CharField(max_length=64, verbose_name='SHA-256 of the source')),
                ('file_sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256 of the file')),
                ('sealed_sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256 of the sealed file')),
                ('sealed_at', models.DateTimeField(verbose_name='sealed')),
                ('certificate', bids.models.fields.LineField(verbose_name='certificate')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='SHA-256 of the certificate')),
                ('is_test', models.BooleanField(verbose_name='test seal')),
                ('is_stamped', models.BooleanField(verbose_name='with a time stamp')),
            ],
            options={
                'verbose_name': 'seal',
                'verbose_name_plural': 'seals',
                'ordering': ('-pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('file_sha256', models.F('sealed_sha256')), _negated=True), name='seal_changes_the_file'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source_digest', ''), _negated=True), models.Q(('file_sha256', ''), _negated=True)), name='seal_names_what_it_seals'),
        ),
        migrations.RunPython(install_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_again, migrations.RunPython.noop),
    ]
