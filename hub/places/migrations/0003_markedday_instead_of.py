from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0002_markedday")]

    operations = [
        migrations.AddField(
            model_name="markedday", name="instead_of", field=models.DateField(blank=True, null=True)
        )
    ]
