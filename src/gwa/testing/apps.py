"""The Django application of tests and demonstrations."""

from django.apps import AppConfig


class TestingConfig(AppConfig):
    """No tables: commands and what they load."""

    name = "gwa.testing"
