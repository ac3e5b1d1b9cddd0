"""Everything that is refused, odd or waiting among interviews: a code and a sentence each."""

from gwa.submissions.errors import oddities as oddities
from gwa.submissions.errors.door import (
    AccountHasNoRight,
    CorrectedAlready,
    CorrectedUnknown,
    FileMisnamed,
    FileTooLarge,
    FormDamaged,
    FormUnknown,
    InstanceDiffers,
    InstanceUnnamed,
    InterviewErased,
    NotWaiting,
    SendingTooLarge,
    SubmissionRefused,
    XmlMalformed,
    XmlMissing,
)
from gwa.submissions.errors.oddities import NotOfItsForm

__all__ = [
    "AccountHasNoRight",
    "CorrectedAlready",
    "CorrectedUnknown",
    "FileMisnamed",
    "FileTooLarge",
    "FormDamaged",
    "FormUnknown",
    "InstanceDiffers",
    "InstanceUnnamed",
    "InterviewErased",
    "NotOfItsForm",
    "NotWaiting",
    "SendingTooLarge",
    "SubmissionRefused",
    "XmlMalformed",
    "XmlMissing",
]
