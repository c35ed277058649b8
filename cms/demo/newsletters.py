"""The list that readers of the demo can subscribe to."""

from typing import Final

from communication.newsletters.models import MailingList, MailingListText

SLUG: Final = "news"
WORDS: Final = {
    "en": ("News of the project", "What the twinned schools have done and plan, once a month."),
    "it": (
        "Notizie del progetto",
        "Che cosa hanno fatto e preparano le scuole gemellate, una volta al mese.",
    ),
    "sq": (
        "Lajme të projektit",
        "Çfarë kanë bërë dhe planifikojnë shkollat e binjakëzuara, një herë në muaj.",
    ),
    "sr": (
        "Вести из пројекта",
        "Рад и планови збратимљених школа, једном месечно.",
    ),
}
"""Name and description by language."""


def load_mailing_list() -> None:
    """Makes the list, unless there is one of its name."""
    mailing_list, is_new = MailingList.objects.get_or_create(slug=SLUG)
    if is_new:
        MailingListText.objects.bulk_create(
            MailingListText(
                mailing_list=mailing_list, language=language, name=name, description=description
            )
            for language, (name, description) in WORDS.items()
        )
