"""Devices, the lists they fetch, what they seal, interviews as they were received, their files."""

from gwa.submissions.models.devices import Device, Handset
from gwa.submissions.models.keys import SealKey
from gwa.submissions.models.lists import MadeList
from gwa.submissions.models.submissions import (
    ErasedInterview,
    Original,
    Submission,
    SubmissionFile,
)
from gwa.submissions.models.uploads import DraftCopy, Upload

__all__ = [
    "Device",
    "DraftCopy",
    "ErasedInterview",
    "Handset",
    "MadeList",
    "Original",
    "SealKey",
    "Submission",
    "SubmissionFile",
    "Upload",
]
