"""In which ways an editor can look at an issue: as a page, and as a mail in each language."""

from typing import Any, Final

from django.utils.translation import gettext as _

from v2v_snippets.language.locales import own_name

FOLDER: Final = "communication_newsletters/admin/previews"
MAIL, PHONE, TEXT = "mail", "phone", "text"
PAGE: Final = ""


def preview_modes(language: str, others: list[str]) -> list[tuple[str, Any]]:
    """Returns the modes by name: those of the issue's own language first.

    Args:
        language: Of the issue that is edited.
        others: In which it exists besides.
    """
    own = [
        (MAIL, _("E-mail")),
        (PHONE, _("E-mail on a phone")),
        (TEXT, _("E-mail as plain text")),
        (PAGE, _("Page of the archive")),
    ]
    labels = {
        MAIL: _("E-mail, %(language)s"),
        PHONE: _("E-mail on a phone, %(language)s"),
        TEXT: _("Plain text, %(language)s"),
    }
    return own + [
        (f"{mode} {code}", label % {"language": own_name(code)})
        for code in others
        if code != language
        for mode, label in labels.items()
    ]


def read_mode(mode: str, language: str) -> tuple[str, str]:
    """Returns the kind and the language of a mode; ``language`` is that of the issue."""
    kind, _space, other = mode.partition(" ")
    return kind, other or language


def preview_template(kind: str) -> str:
    """Returns the template of a kind of mail."""
    return f"{FOLDER}/{kind if kind in {MAIL, PHONE, TEXT} else MAIL}.html"
