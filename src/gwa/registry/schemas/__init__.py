"""Households, persons and memberships as machines read and write them.

A field bears the name of a variable of the dictionary where there is one, the names of
`gwa.registry.columns` elsewhere: the same as in files that come in and go out.
"""
