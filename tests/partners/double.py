"""Sites on other ports of this machine: a partner's, and a double of ours that can go down."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from django.test import Client

Page = tuple[dict[str, str], bytes]
"""Headers and content."""


class Pages:
    """What a server answers by path, and whether it answers at all."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.conditions: list[str] = []
        """The ETags that were sent along."""
        self.silent_below = ""
        """Paths that begin like this get no answer until the server ends; "" for none."""
        self.down_below = ""
        """Paths that begin like this are cut off; "" for none."""
        self.is_cut_short = False
        """Whether answers end before they are whole."""
        self.statuses: dict[str, int] = {}
        """What is answered to addresses with such a word in them, without any content."""
        self.ended = Event()
        self.address = ""

    def answer(self, address: str, known: str) -> tuple[int, dict[str, str], bytes]:
        """Returns status, headers and content; ``known`` is the ETag of what the client has."""
        for word, refusal in self.statuses.items():
            if word in address:
                return refusal, {}, b""
        path = address.partition("?")[0]
        if path not in self.pages:
            return 404, {}, b""
        headers, content = self.pages[path]
        return (304, headers, b"") if headers.get("ETag", "") == known else (200, headers, content)


def answers_of(*paths: str) -> dict[str, Page]:
    """Returns what our site answers now at these paths, to be given out by a double."""
    found = {}
    for path in paths:
        answer = Client().get(path)
        assert answer.status_code == 200, path
        headers = {n: v for n, v in answer.headers.items() if n != "Content-Length"}
        found[path] = (headers, answer.content)
    return found


@contextmanager
def served(pages: dict[str, Page]) -> Iterator[Pages]:
    """Serves ``pages`` on a port of this machine while the block runs."""
    answers = Pages(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            answers.conditions.append(self.headers.get("If-None-Match", ""))
            path = self.path.partition("?")[0]
            if answers.silent_below and path.startswith(answers.silent_below):
                answers.ended.wait(30)
                return
            if answers.down_below and path.startswith(answers.down_below):
                return
            known = self.headers.get("If-None-Match", "none")
            status, headers, content = answers.answer(self.path, known)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if answers.is_cut_short else content)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    answers.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield answers
    finally:
        answers.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
