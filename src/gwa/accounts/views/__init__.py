"""The screens of accounts, profiles, and one's own account."""
