"""Parquet for analysis: the whole registry at one moment, typed, by region."""
