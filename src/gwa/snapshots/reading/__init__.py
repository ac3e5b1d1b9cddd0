"""Rows of the registry in bulk: from PostgreSQL to typed columns, a chunk of zones at a time."""
