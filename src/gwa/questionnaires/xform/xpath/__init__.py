"""The expressions of XForms: XPath 1.0 with the types and the functions of JavaRosa and ODK."""
