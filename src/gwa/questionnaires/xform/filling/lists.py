"""The rows of a file that goes with a form, as phones read them."""

import csv
import io

from gwa.questionnaires.xform.definitions import Choice, ItemList


def read_list(name: str, content: str) -> ItemList:
    """Read a list in CSV: column `name` is the code, `label` the label."""
    rows = csv.DictReader(io.StringIO(content))
    choices = tuple(Choice(row["name"], {"": row.get("label", "")}, row) for row in rows)
    return ItemList(name, f"jr://file-csv/{name}.csv", choices)
