"""Clerks at their desks: each corrects one household again and again over HTTP, until told to stop.

A thread each, because all they do is wait for the server.
"""

import http.client
import re
import threading
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from gwa.testing.accounts import PASSWORD

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """What a browser does, as little of it as a clerk needs: cookies, forms and their token."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, path, fields=None):
        """Return the status and the page of one request, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(
                "POST" if fields is not None else "GET",
                path,
                urlencode(fields) if fields is not None else None,
                headers,
            )
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return answer.status, page

    def send(self, path, **fields):
        """Open a form, fill it in and send it; return the status of the answer."""
        _, page = self.ask(path)
        token = _TOKEN.search(page)
        assert token, f"no form at {path}"
        return self.ask(path, {"csrfmiddlewaretoken": token[1], **fields})[0]


class Clerk(threading.Thread):
    """Writes `door C-N` as the address, N from 1 on, with the same words as the reason."""

    def __init__(self, number, port, household):
        super().__init__(daemon=True)
        self.number, self.household = number, household
        self.browser = Browser(port)
        self.asked, self.cut = 0, 0
        self.confirmed, self.refused = [], []
        self.told_to_stop = threading.Event()

    def sign_in(self):
        """Sign in once: the session must outlive the server."""
        fields = {"login": f"clerk{self.number}", "password": PASSWORD}
        assert self.browser.send("/account/login/", **fields) == 302

    def run(self):
        """Correct until told to stop; a server that is gone is tried again."""
        while not self.told_to_stop.is_set():
            self.asked += 1
            words = f"door {self.number}-{self.asked}"
            try:
                status = self.correct(words)
            except (OSError, http.client.HTTPException):
                self.cut += 1
                time.sleep(0.1)
                continue
            (self.confirmed if status == 302 else self.refused).append(words)

    def correct(self, words):
        """Send one correction."""
        today = time.strftime("%d/%m/%Y")
        return self.browser.send(
            f"/households/{self.household}/correct/",
            address=words,
            registered_on="14/03/2025",
            source_kind="operator",
            collected_on=today,
            reason=words,
        )

    def stop(self):
        """Let the present correction end."""
        self.told_to_stop.set()
        self.join(timeout=60)
