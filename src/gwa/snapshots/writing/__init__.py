"""Files of a snapshot: regions, what is derived, the manifest, the folder that appears at once."""
