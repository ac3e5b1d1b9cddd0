"""Interviews of the demonstration: a questionnaire in service, a telephone, and what it sent."""

from gwa.testing.loading.interviews.sending import load_interviews

__all__ = ["load_interviews"]
