"""Registration at the desk, screen by screen: open, fill in step by step, check, register."""
