"""Filters of the desk's form: `{% load collection_desk %}`."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """Write a value as JSON, for an attribute that a script reads; the template escapes it."""
    return json.dumps(value)
