from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lending", "0002_library")]
    operations = [
        migrations.AlterField(
            model_name="copy",
            name="state",
            field=models.CharField(
                choices=[
                    ("on_shelf", "On Shelf"),
                    ("lent", "Lent"),
                    ("set_aside", "Set Aside"),
                    ("damaged", "Damaged"),
                    ("lost", "Lost"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="on_shelf",
                max_length=10,
            ),
        ),
    ]
