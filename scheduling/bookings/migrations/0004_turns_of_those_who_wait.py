from django.apps.registry import Apps
from django.db import migrations


def give_turns(apps: Apps, schema_editor: object) -> None:
    """Who waits already stands in line in the order in which they came."""
    Booking, Turn = apps.get_model("bookings", "Booking"), apps.get_model("bookings", "Turn")
    for row in Booking.objects.filter(state="waiting", turn=None).order_by("created_at", "pk"):
        row.turn = Turn.objects.create(session_id=row.session_id)
        row.save(update_fields=["turn"])


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_turns"),
    ]

    operations = [migrations.RunPython(give_turns, migrations.RunPython.noop)]
