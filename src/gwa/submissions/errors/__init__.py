"""Everything that is refused, odd or waiting among interviews: a code and a sentence each."""

from gwa.submissions.errors import oddities as oddities
from gwa.submissions.errors.door import (
    AccountHasNoRight,
    CorrectedAlready,
    CorrectedUnknown,
    FileTooLarge,
    FormUnknown,
    InstanceDiffers,
    InstanceUnnamed,
    NotWaiting,
    SubmissionRefused,
    XmlMalformed,
    XmlMissing,
)
from gwa.submissions.errors.oddities import NotOfItsForm

__all__ = [
    "AccountHasNoRight",
    "CorrectedAlready",
    "CorrectedUnknown",
    "FileTooLarge",
    "FormUnknown",
    "InstanceDiffers",
    "InstanceUnnamed",
    "NotOfItsForm",
    "NotWaiting",
    "SubmissionRefused",
    "XmlMalformed",
    "XmlMissing",
]
