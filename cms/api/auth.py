"""What a key opens: whose it is, and from where, in which types and languages it may ask.

Nobody needs a key. One that is sent must be right, so that a webmaster hears of a mistake at once
and not from readers who miss something. In a site without ``communication.syndication`` there are
no keys: what is sent then is not looked at.
"""

from importlib import import_module
from typing import Any, Final

from django.apps import apps
from django.http import HttpRequest

from v2v_snippets.language.locales import default_language

from .errors import RefusedError

KEYS_APP: Final = "communication.syndication"
KEY_PREFIX: Final = "v2v_"

ACCESS: Final = "v2v_access"
"""The attribute of a request that says what its key opens."""

SCOPES: Final = {"changes": "changes", "export.ndjson": "export"}
"""What a key must be good for, by resource; reading, for all others."""
MIXED: Final = frozenset({"content", "search", "changes", "export.ndjson"})
"""Resources that hold several types, of which ``type`` chooses."""
WITHOUT_LANGUAGE: Final = frozenset(
    {"", "openapi.json", "docs", "locales", "preview", "redirects", "resolve"}
)
"""Resources that have no parameter ``locale``."""


def keys_installed() -> bool:
    """Tells whether this site has keys at all."""
    return apps.is_installed(KEYS_APP)


def known_keys() -> Any:
    """Returns the module that knows keys, whose models cannot be imported where it is not."""
    return import_module(f"{KEYS_APP}.services.access")


def presented_key(request: HttpRequest) -> str | None:
    """Returns what was sent as a key; None when nothing was meant to be one.

    A proxy's own password may stand in the same header, and is none of ours.
    """
    header = request.headers.get("Authorization", "").strip()
    scheme, _blank, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return header if KEY_PREFIX in header else None


def authenticate(text: str) -> Any:
    """Returns what a key opens.

    Raises:
        RefusedError: 401, when it opens nothing.
    """
    keys = known_keys()
    try:
        return keys.authenticate(text)
    except keys.KeyRefusedError as error:
        raise RefusedError(401, str(error), _challenge("invalid_token")) from error


def refuse_what_is_closed(request: HttpRequest, resource: str, access: Any) -> None:
    """Refuses what a key does not open.

    Args:
        request: What is asked for.
        resource: The first part of its address below the root of the API.
        access: What the key opens, as ``authenticate`` returned it.

    Raises:
        RefusedError: 403, saying what the key opens instead.
    """
    _refuse_origin(request.headers.get("Origin", ""), access)
    _refuse_scope(SCOPES.get(resource, "read"), access)
    if access.types:
        _refuse_types(request, resource, access)
    if access.locales:
        _refuse_languages(request, resource, access)


def closed_types(request: HttpRequest) -> frozenset[str]:
    """Returns the types of content that the key of a request, if it has one, does not open."""
    access: Any = getattr(request, ACCESS, None)
    return frozenset() if access is None else access.unreadable_types


def _refuse_origin(origin: str, access: Any) -> None:
    if origin and origin not in access.origins:
        raise RefusedError(
            403,
            f"The key must not be used by scripts of {origin}. Ask the operators to allow this "
            "origin, or ask without a key.",
        )


def _refuse_scope(wanted: str, access: Any) -> None:
    if wanted not in access.scopes:
        raise RefusedError(
            403,
            f"The key lacks the scope “{wanted}”. Ask the operators for a key that has it, or ask "
            "without a key.",
            _challenge("insufficient_scope", scope=wanted),
        )


def _refuse_types(request: HttpRequest, resource: str, access: Any) -> None:
    """Refuses lists of other types, and lists of all types that do not say which are wanted."""
    closed, types = access.unreadable_types, _listed(access.types)
    is_mixed = resource in MIXED
    asked = request.GET.getlist("type") if is_mixed else [resource]
    if refused := [name for name in asked if name in closed]:
        raise RefusedError(403, f"The key is not for {', '.join(refused)}, but for {types}.")
    is_item = bool(request.resolver_match and request.resolver_match.kwargs)
    if is_mixed and not asked and not is_item:
        example = min(access.types)
        raise RefusedError(
            403,
            f"The key is for {types} alone: say which, as in ?type={example}.",
        )


def _refuse_languages(request: HttpRequest, resource: str, access: Any) -> None:
    asked = request.GET.getlist("locale") + request.GET.getlist("language")
    is_read = request.method != "POST"  # what is sent has no parameters
    if is_read and not request.GET.get("locale") and resource not in WITHOUT_LANGUAGE:
        asked.append(default_language())
    if refused := [code for code in asked if code not in access.locales]:
        raise RefusedError(
            403,
            f"The key is not for the language {', '.join(refused)}, but for "
            f"{_listed(access.locales)}: say which, as in ?locale={min(access.locales)}",
        )


def _challenge(error: str, **more: str) -> dict[str, str]:
    """Returns the header by which a refused key is told why (RFC 6750, 3)."""
    parts = {"realm": "Content API", "error": error, **more}
    told = ", ".join(f'{name}="{value}"' for name, value in parts.items())
    return {"WWW-Authenticate": f"Bearer {told}"}


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
