"""Searches are counted where the calls of machines are: in `accounts_callcount`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0007_figures_written_when_they_change"),
        ("accounts", "0003_machines"),
    ]

    operations = [migrations.DeleteModel(name="SearchUse")]
