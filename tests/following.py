"""A partner's copy of the content, kept by following tokens: ``/api/v1/changes/``."""

from typing import Any

from django.test import Client

ADDRESS = "/api/v1/changes/"

Copy = dict[str, Any]
"""Items by their identifiers."""


class Follower:
    """Keeps a copy of some items as a partner site does."""

    def __init__(self, **selection: Any) -> None:
        self.client = Client()
        self.selection = selection
        self.copy: Copy = {}
        self.token = ""

    def sync(self, **parameters: Any) -> list[dict[str, Any]]:
        """Brings the copy up to date; returns what it was told."""
        token = {"token": self.token} if self.token else {}
        answer = self._get(ADDRESS, {**self.selection, **parameters, **token})
        told = list(answer["items"])
        while answer["next"]:
            answer = self._get(answer["next"], None)
            told += answer["items"]
        self.token = answer["token"]
        for change in told:
            if change["operation"] == "upsert":
                self.copy[change["id"]] = change["item"]
            else:
                self.copy.pop(change["id"], None)
        return told

    def snapshot(self) -> Copy:
        """Returns the copy of somebody who starts now."""
        fresh = Follower(**self.selection)
        fresh.sync(limit=100)
        return fresh.copy

    def _get(self, address: str, parameters: dict[str, Any] | None) -> Any:
        answer = self.client.get(address, parameters)
        assert answer.status_code == 200, answer.content
        return answer.json()
