from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_pieces"),
    ]

    operations = [
        migrations.AddField(
            model_name="librarypage",
            name="questions",
            field=models.TextField(default=""),
        ),
    ]
