"""What an XForm says, and what it says of an interview. Pure: no Django, no database, no clock.

Source: the ODK XForms specification (getodk.github.io/xforms-spec) and ODK Entities 2024.1 and
2025.1 (getodk.github.io/xforms-spec/entities).
"""
