import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0002_names"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddField("feed", "alarm", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("feed", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "feed",
            "scope",
            models.CharField(
                choices=[
                    ("volunteer", "Volunteer"),
                    ("family", "Family"),
                    ("hub", "Hub"),
                    ("room", "Room"),
                    ("agency", "Agency"),
                    ("program", "Program"),
                    ("district", "District"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            "OpenCalendar",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                (
                    "hub",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_calendar", to="places.hub"
                    ),
                ),
            ],
        ),
    ]
