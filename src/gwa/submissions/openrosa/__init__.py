"""The words of OpenRosa: what clients read, without Django.

Source: docs.getodk.org/openrosa (Form List, Manifest, Form Submission APIs) and what ODK Collect
reads in practice.
"""
