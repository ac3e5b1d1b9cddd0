"""ODK Collect as the server hears it: the same requests, headers and parts, byte by byte.

For tests and benchmarks. What it does was read in the sources of Collect (2026): an hour by the
clock of twelve in `Date`, credentials only after a 401, a HEAD before each sending, files cut into
several requests that all bring the interview again.
"""

import base64
import datetime as dt
import http.client
import io
import socketserver
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

Headers = Mapping[str, str]
AGENT = "org.odk.collect.android/v2026.2.1 Dalvik/2.1.0 (Linux; U; Android 11; TECNO KE5)"
_MOST_FILES = 101
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "m4a": "audio/mp4", "csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Collect:
    """One telephone: one connection, kept open. `base` is the path before `/formList`."""

    def __init__(
        self,
        connection: http.client.HTTPConnection,
        base: str,
        *,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.connection = connection
        self.base = base.rstrip("/")
        self.login = login
        self.authorization = ""

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page, by its path below the base or from the root."""
        return self.ask("GET", path, headers=headers)

    def offer(self) -> Answer:
        """Ask whether, and how much, the server takes."""
        return self.ask("HEAD", "submission?deviceID=collect%3AoFtNmXcPZ0aLnGJy")

    def submit(self, xml: bytes, files: Mapping[str, bytes] | None = None) -> Answer:
        """Send an interview as Collect does: the last answer, or the first that is a refusal."""
        told = self.offer()
        if told.status != 204:
            return told
        limit = int(told.headers["X-OpenRosa-Accept-Content-Length"])
        for part, is_last in cut(xml, files or {}, limit):
            answer = self.post(xml, part, is_partial=not is_last)
            if answer.status not in (201, 202):
                break
        return answer

    def post(self, xml: bytes, files: Mapping[str, bytes], *, is_partial: bool = False) -> Answer:
        """Send one request with the interview and some of its files."""
        kind, body = write_form(xml, files, is_partial=is_partial)
        path = "submission?deviceID=collect%3AoFtNmXcPZ0aLnGJy"
        return self.ask("POST", path, body, {"Content-Type": kind})

    def ask(
        self,
        verb: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Headers | None = None,
    ) -> Answer:
        """Send one request; with a name and a password after the server asked for them."""
        answer = self._send(verb, path, body, headers or {})
        if answer.status == 401 and self.login and not self.authorization:
            words = base64.b64encode(":".join(self.login).encode()).decode()
            self.authorization = f"Basic {words}"
            answer = self._send(verb, path, body, headers or {})
        return answer

    def _send(
        self, verb: str, path: str, body: bytes | Iterator[bytes] | None, headers: Headers
    ) -> Answer:
        path = path if path.startswith("/") else f"{self.base}/{path}"
        connection = self.connection
        connection.putrequest(verb, path, skip_accept_encoding=True)
        told = {"User-Agent": AGENT, "X-OpenRosa-Version": "1.0", "Date": twelve_hour_date()}
        if self.authorization:
            told["Authorization"] = self.authorization
        if isinstance(body, bytes):
            told["Content-Length"] = str(len(body))
        elif body is not None:
            told["Transfer-Encoding"] = "chunked"
        told |= {"Connection": "Keep-Alive", "Accept-Encoding": "gzip", **headers}
        for name, value in told.items():
            connection.putheader(name, value)
        connection.endheaders(body, encode_chunked=not isinstance(body, bytes))
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def twelve_hour_date(now: dt.datetime | None = None) -> str:
    """Return the moment as Collect writes it: 14:05 is `02:05`, and nothing says which."""
    return f"{now or dt.datetime.now(dt.UTC):%a, %d %b %Y %I:%M:%S GMT}"


def cut(
    xml: bytes, files: Mapping[str, bytes], limit: int
) -> Iterator[tuple[dict[str, bytes], bool]]:
    """Part the files into requests of `limit` bytes, and tell which is the last.

    The first file of a request goes whatever its size.
    """
    names = list(files)
    part: dict[str, bytes] = {}
    size = len(xml)
    for name in names:
        is_full = len(part) >= _MOST_FILES or size + len(files[name]) > limit
        if part and is_full:
            yield part, False
            part, size = {}, len(xml)
        part[name] = files[name]
        size += len(files[name])
    yield part, True


def write_form(
    xml: bytes, files: Mapping[str, bytes], *, is_partial: bool = False
) -> tuple[str, bytes]:
    """Return the type and the body of a form as OkHttp writes them."""
    boundary = str(uuid.uuid4())
    parts = [("xml_submission_file", "interview.xml", "text/xml", xml)]
    for name, content in files.items():
        kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        parts.append((name, name, kind, content))
    if is_partial:
        parts.append(("*isIncomplete*", "", "", b"yes"))
    body = b"".join(_part(boundary, *part) for part in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def _part(boundary: str, name: str, file_name: str, kind: str, content: bytes) -> bytes:
    quoted = [word.replace('"', "%22").replace("\n", "%0A") for word in (name, file_name)]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted[0]}"'
    head += f'; filename="{quoted[1]}"\r\nContent-Type: {kind}' if file_name else ""
    head += f"\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n"


Application = Callable[..., Any]


class InProcess(http.client.HTTPConnection):
    """A connection whose other end is this very thread: a test stays in its transaction."""

    def __init__(self, application: Application) -> None:
        super().__init__("testserver")
        self._application = application

    def connect(self) -> None:
        """Lay the wire."""
        self.sock = cast("Any", _Wire(self._application))


class _Wire:
    """Keeps what was sent until somebody listens; then the application answers it."""

    def __init__(self, application: Application) -> None:
        self.base_environ = {
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REMOTE_HOST": "",
            "CONTENT_LENGTH": "",
            "SCRIPT_NAME": "",
        }
        self._application = application
        self._sent = bytearray()

    def get_app(self) -> Application:
        return self._application

    def sendall(self, data: bytes) -> None:
        self._sent += data

    def makefile(self, _mode: str, _buffering: int = -1) -> io.BytesIO:
        heard = _Ear(bytes(self._sent))
        self._sent.clear()
        with _connections_kept():
            _Handler(cast("Any", heard), ("127.0.0.1", 0), cast("socketserver.BaseServer", self))
        return io.BytesIO(bytes(heard.said))

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def _connections_kept() -> Iterator[None]:
    """Let a request end without closing the connection that the test is in a transaction of."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class _Ear:
    """One request, as a server's socket gives it and takes the answer."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self.said = bytearray()

    def makefile(self, _mode: str, _buffering: int = -1) -> io.BytesIO:
        return io.BytesIO(self._request)

    def sendall(self, data: bytes) -> None:
        self.said += data


class _Handler(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing."""
