"""What a person calls their browser, from what it says of itself."""

from django.utils.translation import gettext as _

# The first that is found counts: most claim to be those that come after them.
_PROGRAMS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def name_browser(user_agent: str) -> str:
    """Return `Firefox sur Windows` rather than the 80 signs that a browser sends."""
    program = _find(_PROGRAMS, user_agent)
    system = _find(_SYSTEMS, user_agent)
    if program and system:
        return _("%(program)s sur %(system)s") % {"program": program, "system": system}
    return program or system or _("navigateur inconnu")


def _find(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
