"""Putting the synthetic country into the database: whole, or not at all."""
