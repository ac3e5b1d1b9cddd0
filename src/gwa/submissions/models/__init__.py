"""Devices, interviews as they were received, and their files."""

from gwa.submissions.models.devices import Device
from gwa.submissions.models.submissions import Original, Submission, SubmissionFile

__all__ = ["Device", "Original", "Submission", "SubmissionFile"]
