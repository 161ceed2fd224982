"""Figures set before know nothing of the terms people recognize: they get the weights that a new installation has."""

from django.db import migrations

WEIGHTS = {"standing": 100, "familiar": 15, "wish": 6, "shared": 8, "asked": 2}


def add(apps, schema_editor):
    for row in apps.get_model("scheduling_sessions", "RosterSettings").objects.all():
        row.weights = {**WEIGHTS, **row.weights}
        row.save(update_fields=["weights"])


class Migration(migrations.Migration):
    dependencies = [("scheduling_sessions", "0002_claims_never_overlap")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
