"""The ratios commonly used: one adult to six children up to age 8, to eight up to 12. Change them by adding dated rows."""

import datetime as dt

from django.db import migrations

COMMON = [(8, 6), (12, 8)]


def add(apps, schema_editor):
    ratio = apps.get_model("programs", "AdultRatio")
    for up_to_age, children in COMMON:
        ratio.objects.create(valid_from=dt.date(2020, 1, 1), up_to_age=up_to_age, children_per_adult=children)


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
