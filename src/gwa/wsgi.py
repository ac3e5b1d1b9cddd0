"""The web process, served by granian."""

import os
import tempfile
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gwa.settings")
Environ: TypeAlias = dict[str, Any]

_BLOCK = 1 << 16
_IN_MEMORY = 1 << 20
# As the proxies let through (docs/operate/proxy), but lists to import, which say their length.
_LARGEST = 25 << 20

_django = get_wsgi_application()
# The addresses, and the code behind them, are read now and not while the first visitor waits.
_ADDRESSES = get_resolver().url_patterns


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; Django reads nothing of a body that does not say its length beforehand."""
    is_chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "")
    if environ.get("CONTENT_LENGTH") or not is_chunked:
        return _django(environ, start_response)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
        if not _measure(environ, body):
            start_response("413 Content Too Large", [("Content-Type", "text/plain")])
            return [b""]
        return _django(environ, start_response)


def _measure(environ: Environ, body: "tempfile.SpooledTemporaryFile[bytes]") -> bool:
    """Take a chunked body in, to know its length; False where it is too large."""
    while block := environ["wsgi.input"].read(_BLOCK):
        body.write(block)
        if body.tell() > _LARGEST:
            return False
    environ["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    environ["wsgi.input"] = body
    return True
