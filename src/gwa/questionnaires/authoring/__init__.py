"""From sources that people review as text to the XLSForm that is published.

A form's folder holds `form.yaml` and its sections; whatever the dictionary already says of a
variable (type, choices, limits, ages, when it is asked) is taken from it and written nowhere else.
`questionnaires/README.md` describes the sources.
"""
