"""Decisions on forms, on plain values."""
