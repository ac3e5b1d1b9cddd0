"""Decisions on zones: plain values in, plain values out."""
