"""What people type to let something in."""
