"""What people type on the registry's screens."""
