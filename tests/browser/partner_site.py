"""A partner's site on another origin, and a site of ours that can go down or fall silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Page = tuple[dict[str, str], bytes]
"""Headers and content."""


class Pages:
    """What a server answers by path, and whether it answers at all."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.silent_below = ""
        """Paths that begin like this get no answer until the server ends; "" for none."""
        self.down_below = ""
        """Paths that begin like this are cut off; "" for none."""
        self.ended = Event()
        self.address = ""


@contextmanager
def served(pages: dict[str, Page]) -> Iterator[Pages]:
    """Serves ``pages`` on a port of this machine while the block runs."""
    answers = Pages(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            path = self.path.partition("?")[0]
            if answers.silent_below and path.startswith(answers.silent_below):
                answers.ended.wait(30)
                return
            if answers.down_below and path.startswith(answers.down_below):
                return
            headers, content = answers.pages.get(path, ({}, b""))
            self.send_response(200 if path in answers.pages else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

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
