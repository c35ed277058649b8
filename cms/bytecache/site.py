"""The byte cache as this site's settings want it."""

from django.conf import settings

from v2v_snippets.language.locales import preferred_language

from .application import Application, ByteCache
from .versions import version_reader


def with_stored_answers(application: Application) -> Application:
    """Wraps Django's application, unless the site keeps no answers; the apps must be loaded."""
    if not settings.V2V_BYTE_CACHE_MEGABYTES:
        return application
    return ByteCache(
        application,
        version_reader(),
        capacity=settings.V2V_BYTE_CACHE_MEGABYTES * 1024**2,
        choose_language=preferred_language,
        trusted_headers=trusted_headers(),
    )


def trusted_headers() -> list[str]:
    """Returns the keys of the WSGI environment from which Django reads scheme and host."""
    names = []
    if settings.SECURE_PROXY_SSL_HEADER:
        names.append(settings.SECURE_PROXY_SSL_HEADER[0])
    if settings.USE_X_FORWARDED_HOST:
        names.append("HTTP_X_FORWARDED_HOST")
    if settings.USE_X_FORWARDED_PORT:
        names.append("HTTP_X_FORWARDED_PORT")
    return names
