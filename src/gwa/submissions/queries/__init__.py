"""What the desk reads of interviews."""
