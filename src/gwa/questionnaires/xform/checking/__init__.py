"""Check an interview against the words of its form: `check_instance` gives all that it violates."""

from gwa.questionnaires.xform.checking.interview import check_instance
from gwa.questionnaires.xform.checking.violations import Violation, ViolationKind

__all__ = ["Violation", "ViolationKind", "check_instance"]
