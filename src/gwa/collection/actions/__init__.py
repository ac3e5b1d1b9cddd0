"""The verbs of coming in: the register of sources, imports from upload to taking back."""

from gwa.collection.actions.endings import finish_import, mark_cancelled, mark_failed
from gwa.collection.actions.imports import (
    Upload,
    cancel_import,
    discard_import,
    resume_import,
    set_mapping,
    start_import,
    upload_import,
)
from gwa.collection.actions.sources import (
    add_data_source,
    correct_data_source,
    remove_mapping,
    save_mapping,
)
from gwa.collection.actions.taking_back import take_back_import

__all__ = [
    "Upload",
    "add_data_source",
    "cancel_import",
    "correct_data_source",
    "discard_import",
    "finish_import",
    "mark_cancelled",
    "mark_failed",
    "remove_mapping",
    "resume_import",
    "save_mapping",
    "set_mapping",
    "start_import",
    "take_back_import",
    "upload_import",
]
