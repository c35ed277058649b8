"""Keeps a copy of what V2V publishes, and learns of changes within a second.

    pip install standardwebhooks
    V2V_API=https://v2v.example/api/v1 V2V_SECRET=whsec_… python receiver.py

A webhook says only that something has changed. It is verified with the official library, answered
at once, and then /changes/ is asked for the difference. So it does not matter how often or in which
order webhooks come, and one that gets lost is made up for by the next, or within the hour.

Pages are built from the copy alone. Readers never wait for V2V, and see the last good copy while it
cannot be reached.
"""

import json
import logging
import os
import re
import sqlite3
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import build_opener

from standardwebhooks import Webhook, WebhookVerificationError

API = os.environ["V2V_API"].rstrip("/")
SECRET = os.environ["V2V_SECRET"]
FILE = os.environ.get("V2V_COPY", "v2v-copy.sqlite3")
PORT = int(os.environ.get("PORT", "8001"))
WANTED = {"locale": "en", "type": "news", "limit": 100}
LARGEST_WEBHOOK = 10_000

log = logging.getLogger("receiver")
web = build_opener()
something_changed = threading.Event()


def open_copy() -> sqlite3.Connection:
    """Opens the copy; readers of it go on while it is written."""
    copy = sqlite3.connect(FILE, timeout=30, isolation_level=None)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.execute("CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, item TEXT)")
    copy.execute("CREATE TABLE IF NOT EXISTS place (token TEXT)")
    return copy


def follow_changes() -> None:
    """Brings the copy up to date, as a whole or, if anything fails, not at all."""
    with closing(open_copy()) as copy:
        found = copy.execute("SELECT token FROM place").fetchone()
        try:
            take_over(copy, found[0] if found else "")
        except HTTPError as error:
            # V2V keeps changes for 90 days (410), and a token is for what was wanted then (400)
            if error.code not in (400, 410) or not found:
                raise
            take_over(copy, "")


def take_over(copy: sqlite3.Connection, token: str) -> None:
    """Writes everything, or what has changed since ``token``, in one transaction."""
    address = f"{API}/changes/?" + urlencode(WANTED | ({"token": token} if token else {}))
    copy.execute("BEGIN IMMEDIATE")
    try:
        if not token:
            copy.execute("DELETE FROM items")
        while address:
            with web.open(address, timeout=30) as answer:
                page = json.load(answer)
            for change in page["items"]:
                write(copy, change)
            address, token = page["next"], page["token"]
        copy.execute("DELETE FROM place")
        copy.execute("INSERT INTO place VALUES (?)", [token])
        copy.execute("COMMIT")
    except BaseException:
        copy.execute("ROLLBACK")
        raise


def write(copy: sqlite3.Connection, change: dict) -> None:
    """Puts an item in its place, or drops it."""
    if change["operation"] == "upsert":
        row = [change["id"], json.dumps(change["item"])]
        copy.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", row)
    else:
        copy.execute("DELETE FROM items WHERE id = ?", [change["id"]])


def keep_up() -> None:
    """Follows the changes when a webhook comes, and once an hour in case that none did."""
    pause = 0
    while True:
        something_changed.wait(pause)
        something_changed.clear()
        try:
            follow_changes()
            pause = 3600
        except Exception:  # whatever it was, the next time comes
            log.exception("V2V cannot be read; the copy stays as it is")
            pause = 60


class Handler(BaseHTTPRequestHandler):
    """Takes webhooks, and shows the copy."""

    timeout = 10  # seconds for which it waits for what was promised

    def do_POST(self) -> None:
        """Verifies a webhook and answers at once: what follows from it is done elsewhere."""
        length = self.headers.get("Content-Length") or "0"
        if not re.fullmatch("[0-9]{1,20}", length):  # below zero, read() would wait for the end
            return self.answer(400, "Content-Length is no number.")
        if int(length) > LARGEST_WEBHOOK:
            return self.answer(413, "That is no webhook.")
        try:
            Webhook(SECRET).verify(self.rfile.read(int(length)), dict(self.headers))
        except (WebhookVerificationError, ValueError):
            return self.answer(401, "The signature is not that of V2V.")
        something_changed.set()
        return self.answer(200, "Thank you.")

    def do_GET(self) -> None:
        """Lists the titles, from the copy alone."""
        with closing(open_copy()) as copy:
            rows = copy.execute("SELECT item FROM items ORDER BY id").fetchall()
        self.answer(200, "\n".join(json.loads(item)["title"] for (item,) in rows))

    def answer(self, status: int, text: str) -> None:
        """Sends a line of text."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Listens, and keeps the copy up to date beside that."""
    logging.basicConfig(level=logging.INFO)
    open_copy().close()
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    log.info("Listening on port %s", server.server_address[1])
    threading.Thread(target=keep_up, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
