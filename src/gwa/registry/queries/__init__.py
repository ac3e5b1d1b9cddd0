"""Readings over several tables of the registry; all follow the zones of the present scope."""
