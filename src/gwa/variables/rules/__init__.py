"""Decisions on variables and answers: plain values in, plain values out."""
