"""One request to the API from the door to the way out: who asks, and what that leaves them."""

from typing import Any, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from v2v_snippets.publication.answers import OwnVary

from .auth import (
    ACCESS,
    authenticate,
    keys_installed,
    known_keys,
    presented_key,
    refuse_what_is_closed,
)
from .clients import client_name
from .errors import RefusedError
from .rates import Allowance, rates

PRIVATE: Final = "private, no-store"
RATE_HEADERS: Final = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"

ANONYMOUS_PER_MINUTE: Final = 300
KEY_PER_MINUTE: Final = 1200
UNCOUNTED: Final = frozenset({"openapi.json", "docs"})
"""What tells how to ask costs nobody anything."""


class Visit:
    """One request, and what is found out about it on the way."""

    def __init__(self, request: HttpRequest, resource: str) -> None:
        """Looks at nothing but headers yet.

        Args:
            request: Who asks.
            resource: The first part of the address below the root of the API.
        """
        self.request = request
        self.resource = resource
        self.origin = request.headers.get("Origin", "")
        self.key = presented_key(request) if keys_installed() else None
        self.access: Any = None
        """What the key opens, once it has been found to be one."""
        self.allowance: Allowance | None = None

    def admit(self) -> None:
        """Lets the request in. Whose key opens nothing is counted as somebody without one.

        Raises:
            RefusedError: says why not, and what to do.
        """
        if self.key is not None:
            try:
                self.access = authenticate(self.key)
            except RefusedError:
                self._spend_of_address()
                raise
        if self.access is None:
            self._spend_of_address()
            return
        setattr(self.request, ACCESS, self.access)
        granted = getattr(settings, "V2V_API_KEY_PER_MINUTE", KEY_PER_MINUTE)
        self._spend(f"key.{self.access.key_id}", self.access.requests_per_minute or granted)
        refuse_what_is_closed(self.request, self.resource, self.access)

    def sign(self, response: HttpResponse) -> HttpResponse:
        """Says in the headers what the answer depends on and what is left, and counts it."""
        if self.allowance is not None:
            for name, value in self.allowance.headers.items():
                response[name] = value
            response["Access-Control-Expose-Headers"] += f", {RATE_HEADERS}"
        if self.key is not None:
            response["Cache-Control"] = PRIVATE
            self._vary(response, "Authorization", "Origin")
        if self.access is not None:
            del response["Access-Control-Allow-Origin"]
            if self.origin in self.access.origins:
                response["Access-Control-Allow-Origin"] = self.origin
            known_keys().count_request(self.access, response.status_code)
        return response

    def grant(self, preflight: HttpResponse) -> HttpResponse:
        """Lets a browser send a key from where a partner site is at home.

        ``*`` stands for all headers but Authorization (Fetch standard, CORS-preflight fetch).
        """
        wanted = self.request.headers.get("Access-Control-Request-Headers", "").lower()
        if "authorization" in wanted and keys_installed():
            self._vary(preflight, "Origin")
            if self._is_at_home():
                preflight["Access-Control-Allow-Origin"] = self.origin
                preflight["Access-Control-Allow-Headers"] = "*, Authorization"
        return preflight

    def _is_at_home(self) -> bool:
        try:
            return bool(known_keys().knows_origin(self.origin))
        except (OperationalError, InterfaceError):
            return False  # browsers ask again

    def _spend_of_address(self) -> None:
        if name := client_name(self.request):
            granted = getattr(settings, "V2V_API_ANONYMOUS_PER_MINUTE", ANONYMOUS_PER_MINUTE)
            self._spend(f"address.{name}", granted)

    def _spend(self, name: str, per_minute: int) -> None:
        if self.resource in UNCOUNTED:
            return
        self.allowance = rates.spend(name, per_minute)
        if self.allowance is not None and self.allowance.retry_after:
            raise RefusedError(
                429,
                f"More than {per_minute} requests in a minute. Ask again in "
                f"{self.allowance.retry_after} s; send what you have as If-None-Match.",
            )

    @staticmethod
    def _vary(response: HttpResponse, *names: str) -> None:
        """Says truly that an answer depends on more than its address."""
        response.headers = OwnVary(response.headers, {name.lower() for name in names})
        patch_vary_headers(response, names)
