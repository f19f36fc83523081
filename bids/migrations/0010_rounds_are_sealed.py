"""A finished dossier of a round has a seal, and a draft has none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("bids", "0009_seals")]

    operations = [
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('kind', 'draft'), models.Q(('sealed_sha256', ''), _negated=True), _connector='OR'), name='dossier_of_a_round_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'draft'), _negated=True), ('sealed_sha256', ''), _connector='OR'), name='dossier_draft_has_no_seal'),
        ),
    ]
