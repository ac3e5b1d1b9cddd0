"""The job that brings a list in: spool, understand, match, enter, chunk by chunk."""
