"""Devices, the lists they fetch, interviews as they were received, and their files."""

from gwa.submissions.models.devices import Device
from gwa.submissions.models.lists import MadeList
from gwa.submissions.models.submissions import (
    ErasedInterview,
    Original,
    Submission,
    SubmissionFile,
)

__all__ = ["Device", "ErasedInterview", "MadeList", "Original", "Submission", "SubmissionFile"]
