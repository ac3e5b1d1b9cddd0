"""From rows to a sealed file: columns, words, formats, sealing."""
