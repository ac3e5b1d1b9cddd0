"""Readings on imports."""
