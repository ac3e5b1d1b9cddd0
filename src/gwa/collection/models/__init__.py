"""Where lists come from, the imports that bring them in, and the lines that stayed outside."""

from gwa.collection.models.imports import COUNTS, Import, ImportFile
from gwa.collection.models.lines import ImportedHousehold, RefusedLine
from gwa.collection.models.paper_forms import PaperForm
from gwa.collection.models.sources import DataSource, SavedMapping

__all__ = [
    "COUNTS",
    "DataSource",
    "Import",
    "ImportFile",
    "ImportedHousehold",
    "PaperForm",
    "RefusedLine",
    "SavedMapping",
]
