"""Decisions on cells, columns and lines: no Django, no clock, no database."""
