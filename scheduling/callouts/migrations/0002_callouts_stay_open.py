from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Q

from hub import clock


def settle(apps, schema_editor):
    """What a number stood for; and searches that had nobody left are open until their session begins, one a need."""
    CallOut = apps.get_model("callouts", "CallOut")
    CallOut.objects.filter(heads__gte=F("need__target")).update(wished=True)
    waiting = CallOut.objects.filter(state="nobody_left")
    begun = waiting.filter(session__starts_at__lte=clock.now())
    later = CallOut.objects.filter(need=OuterRef("need"), pk__gt=OuterRef("pk"))
    outdated = waiting.filter(Q(session__state="cancelled") | Exists(later))
    for state, some in (("begun", begun), ("stopped", outdated)):
        ids = list(some.values_list("pk", flat=True))
        apps.get_model("callouts", "Ask").objects.filter(callout__in=ids, state="silent").update(state="closed")
        CallOut.objects.filter(pk__in=ids).update(state=state)
    for callout in waiting.select_related("session"):
        callout.next_look, callout.ended_at = callout.session.starts_at, None
        callout.save(update_fields=["next_look", "ended_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("callouts", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="callout", name="one_running_callout_per_need"),
        migrations.RemoveIndex(model_name="callout", name="callout_due"),
        migrations.AddField(
            model_name="callout",
            name="wished",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.RemoveField(model_name="callout", name="heads"),
        migrations.AddIndex(
            model_name="callout",
            index=models.Index(
                fields=["next_look"], name="callout_looked_at", condition=Q(state__in=["running", "nobody_left"])
            ),
        ),
        migrations.AddConstraint(
            model_name="callout",
            constraint=models.UniqueConstraint(
                fields=["need"],
                name="one_open_callout_per_need",
                condition=Q(state__in=["running", "nobody_left"]),
            ),
        ),
    ]
