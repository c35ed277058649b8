"""A mail server of this machine that speaks as much IMAP as a reader of bounces needs."""

import re
import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

FETCH = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


class ImapServer(threading.Thread):
    """Holds two folders. ``refuses`` are commands to which it says no, ``hangs_up_at`` one more."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.mails: dict[int, bytes] = {}
        self.sizes: dict[int, int] = {}
        """Sizes that the server claims, where they are not the true ones."""
        self.put_away: dict[int, bytes] = {}
        self.selected = self.mails
        self.folders = {b"INBOX"}
        self.arrived: dict[int, datetime] = {}
        """When mails came; those that are not named came today."""
        self.marks: dict[int, set[bytes]] = {}
        self.can_move = self.can_expunge = True
        self.validity = 1
        self.refuses: set[bytes] = set()
        self.hangs_up_at = b""
        self.commands: list[bytes] = []

    @property
    def url(self) -> str:
        return f"imap://office%40v2v.example:s%20cret@127.0.0.1:{self.port}/INBOX"

    def add(self, content: bytes) -> int:
        """Puts a mail into the folder; returns its UID."""
        uid = max([*self.mails, *self.put_away, 0]) + 1
        self.mails[uid] = content
        return uid

    @property
    def seen(self) -> set[int]:
        """The mails that count as read."""
        return {uid for uid, marks in self.marks.items() if rb"\Seen" in marks}

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", buffering=0) as file, suppress(OSError):
                self._talk(file)

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def fetched(self) -> list[int]:
        """Returns the UIDs of the mails whose text was asked for, in order."""
        asked = [line.split() for line in self.commands if b"BODY" in line]
        return [int(words[3]) for words in asked]

    def _talk(self, file: Any) -> None:
        file.write(b"* OK ready\r\n")
        while line := file.readline():
            self.commands.append(line)
            tag, _space, command = line.strip().partition(b" ")
            verb = command.split()[1 if command.upper().startswith(b"UID") else 0].upper()
            if verb == self.hangs_up_at:
                return
            if verb in self.refuses:
                file.write(tag + b" NO not today\r\n")
                continue
            answers = b"".join(self._answers(verb, command))
            needs_folder = verb == b"MOVE" or command.endswith(b'SELECT "Newsletters"')
            ok = not (needs_folder and b"Newsletters" not in self.folders)
            end = b" OK done\r\n" if ok else b" NO [TRYCREATE] no such folder\r\n"
            file.write(answers + tag + end)
            if verb == b"LOGOUT":
                return

    def _answers(self, verb: bytes, command: bytes) -> list[bytes]:
        words = command.split()
        match verb:
            case b"CAPABILITY":
                extensions = b" MOVE" * self.can_move + b" UIDPLUS" * self.can_expunge
                return [b"* CAPABILITY IMAP4rev1" + extensions + b"\r\n"]
            case b"SELECT":
                is_put_away = words[1] == b'"Newsletters"'
                self.selected = self.put_away if is_put_away else self.mails
                return [f"* OK [UIDVALIDITY {self.validity}] valid\r\n".encode()]
            case b"SEARCH":
                found = self._old(words) if b"KEYWORD" in words else self._new(words)
                return [b"* SEARCH " + b" ".join(str(uid).encode() for uid in found) + b"\r\n"]
            case b"FETCH":
                return self._fetch(int(words[2]), command)
            case b"CREATE":
                self.folders.add(words[1].strip(b'"'))
            case b"MOVE" if b"Newsletters" in self.folders:
                self.put_away[int(words[2])] = self.mails.pop(int(words[2]))
            case b"STORE" | b"EXPUNGE":
                for uid in map(int, words[2].split(b",")):
                    self._mark(uid, words[4]) if verb == b"STORE" else self._expunge(uid)
        return []

    def _mark(self, uid: int, flag: bytes) -> None:
        self.marks.setdefault(uid, set()).add(flag.strip(b"()"))

    def _expunge(self, uid: int) -> None:
        assert rb"\Deleted" in self.marks[uid]
        del self.selected[uid]

    def _new(self, words: list[bytes]) -> list[int]:
        first = int(words[-1].split(b":")[0])
        return [uid for uid in self.mails if uid >= first] or list(self.mails)[-1:]

    def _old(self, words: list[bytes]) -> list[int]:
        keyword, day = words[4], words[6].decode()
        before = datetime.strptime(f"{day} +0000", "%d-%b-%Y %z")
        return [
            uid
            for uid in self.selected
            if keyword in self.marks.get(uid, ())
            and rb"\Deleted" not in self.marks[uid]
            and self.arrived.get(uid, datetime.now(UTC)) < before
        ]

    def _fetch(self, uid: int, command: bytes) -> list[bytes]:
        if uid not in self.mails:
            return []
        content = self.mails[uid]
        wanted = FETCH.search(command)
        if wanted is None:
            size = self.sizes.get(uid, len(content))
            return [f"* 1 FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode()]
        part = content[: int(wanted[1])]
        head = f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(part)}}}\r\n".encode()
        return [head, part, b")\r\n"]
