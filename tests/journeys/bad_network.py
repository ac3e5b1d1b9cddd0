"""A network that cuts, lies and breaks, between a telephone's browser and its server."""

import http.client
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Payez pour continuer."


@dataclass(frozen=True)
class Passed:
    """A call that the server answered, whether or not the telephone heard it."""

    call: str
    body: bytes
    token: str
    answer: bytes


class BadNetwork(ThreadingHTTPServer):
    """Hands on every call, but for those that it spoils."""

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.server = urlsplit(server).netloc
        self.address = f"http://localhost:{self.server_port}"
        self.asked: list[str] = []
        self.passed: list[Passed] = []
        self._rule: tuple[re.Pattern[str], Callable[[_Call], None]] | None = None
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def spoil(self, call, fault):
        """Let every call that looks like `call` go wrong in this way, and all others well."""
        self._rule = re.compile(call), fault

    def mend(self):
        """Let all go well again."""
        self._rule = None

    def way_of(self, call):
        """How this call goes."""
        rule = self._rule
        self.asked.append(call)
        return rule[1] if rule and rule[0].search(call) else hand_on

    def handle_error(self, request, client_address):
        """A telephone that hangs up is no news."""


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.way_of(f"{self.command} {self.path}")(self)

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 (the names that the library looks for)

    def ask(self):
        """Ask the server, and note that it answered."""
        server = http.client.HTTPConnection(self.server.server, timeout=60)
        server.request(self.command, self.path, self.body or None, dict(self.headers))
        answer = server.getresponse()
        content = answer.read()
        server.close()
        token = self.headers.get("Authorization", "")
        call = f"{self.command} {self.path}"
        self.server.passed.append(Passed(call, self.body, token, content))
        return answer, content

    def tell(self, status, headers, content, size=None):
        """Answer the telephone; `size`: what is promised, where it is not what comes."""
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"connection", "content-length", "transfer-encoding"}:
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(content) if size is None else size))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def hang_up(self):
        """Cut the connection as a network does: without a word."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, *_args):
        """Say nothing on the terminal."""


def hand_on(call):
    """What a network is for."""
    answer, content = call.ask()
    call.tell(answer.status, answer.getheaders(), content)


def gone(call):
    """No server there: switched off, or started again at this moment."""
    call.hang_up()


def cut_in_the_middle(call):
    """The server hears half of the call, and nobody an answer."""
    told = "".join(f"{name}: {value}\r\n" for name, value in call.headers.items())
    head = f"{call.command} {call.path} HTTP/1.1\r\n{told}\r\n".encode()
    with socket.create_connection(call.server.server.split(":"), timeout=10) as server:
        server.sendall(head + call.body[: len(call.body) // 2])
        time.sleep(0.1)
    call.hang_up()


def answer_lost(call):
    """The server takes the call in, and its answer never comes."""
    call.ask()
    call.hang_up()


def answer_cut(call):
    """The answer stops in its middle."""
    answer, content = call.ask()
    call.tell(answer.status, answer.getheaders(), content[: len(content) // 2], len(content))
    call.hang_up()


def bad_gateway(call):
    """What stands before the server finds nobody behind it."""
    call.tell(502, [("Content-Type", "text/html")], b"<h1>502 Bad Gateway</h1>")


def portal(call):
    """A hotspot answers in the place of the server."""
    call.tell(200, [("Content-Type", "text/html")], PORTAL)


def slow(call):
    """The answer comes, after a while."""
    time.sleep(0.3)
    hand_on(call)


@pytest.fixture
def network(live_server):
    """A network to the live server that a test can spoil."""
    made = BadNetwork(live_server.url)
    yield made
    made.shutdown()
    made.server_close()
