"""Rows of the registry in bulk: from PostgreSQL to typed columns, some zones at a time."""
