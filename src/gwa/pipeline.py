"""What follows what: which journal event starts which job; docs/flow.md is made from here."""
