"""Gwa: a national social registry. Start at docs/flow.md for what follows what."""
