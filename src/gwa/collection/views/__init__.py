"""The screens of every way in."""
