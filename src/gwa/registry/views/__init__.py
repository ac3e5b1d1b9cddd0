"""The registry's screens: parse, permit, call one action or query, answer."""
