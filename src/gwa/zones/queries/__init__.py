"""What is asked about zones."""
