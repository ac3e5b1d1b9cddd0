"""What telephones and supervisors are told of the work."""
