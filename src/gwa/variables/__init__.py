"""The variable dictionary: what the registry may know, versioned with the questionnaire."""
