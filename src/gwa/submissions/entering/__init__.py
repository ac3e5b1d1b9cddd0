"""An interview's way into the registry: read, checked, compared, entered; or left waiting."""
