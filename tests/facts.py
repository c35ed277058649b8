"""A version of the content that stands still, so that tests see what kept facts spare."""

from v2v_snippets.keeping import newest


def standing_version() -> int:
    """Returns the same version all the time, also within the transaction of a test."""
    return 1


def content_has_changed() -> None:
    """Lets go of all facts, as another version of the content does."""
    newest.forget()
