"""What tests and demonstrations are made of: the named cast and the synthetic country."""
