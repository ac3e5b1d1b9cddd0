"""The guided form of the desk: one sheet, read from a draft, checked as a whole."""
