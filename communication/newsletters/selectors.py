"""What forms, pages and letters show: lists, wordings, and who a link leads to."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Site

from v2v_snippets.keeping import kept
from v2v_snippets.publication.languages import in_language

from .models import (
    ConsentText,
    MailingList,
    NewsletterIndexPage,
    SignUp,
    Subscriber,
    Subscription,
    Suppression,
)
from .models.consents import text_hash
from .subscribers.addresses import known_hmacs
from .subscribers.links import PreferencesLink, read_confirmation_token, read_preferences_token


@kept
def open_lists() -> list[MailingList]:
    """Returns the lists that take subscribers, with the words of all languages: two queries."""
    return list(MailingList.objects.open().with_texts())


@kept
def public_archives(language: str) -> list[NewsletterIndexPage]:
    """Returns the archives that everybody may read, each in the best version for a language."""
    archives = in_language(NewsletterIndexPage.objects.all(), language)
    return list(archives.select_related("locale").order_by("pk"))


@kept
def consent_text(language: str) -> ConsentText:
    """Returns the wording that a form shows to a reader of ``language``.

    On a site where nobody has written one, it is ours, and not in the database yet.
    """
    return ConsentText.objects.current(language) or built_in_consent_text(language)


def built_in_consent_text(language: str) -> ConsentText:
    """Returns our own wording as the first version, unsaved."""
    with override(language):
        text = _(
            "By subscribing I agree to receive these newsletters by e-mail. I can end that at any "
            "time, by the link in each of them. My address is used for nothing else and passed on "
            "to nobody."
        )
    return ConsentText(version=1, locale=language, text=text, hash=text_hash(text))


def is_suppressed(address: str) -> bool:
    """Tells whether a normalised address gets no mail at all."""
    return Suppression.objects.filter(hmac__in=known_hmacs(address)).exists()


def subscriber_of(address: str) -> Subscriber | None:
    """Returns the subscriber with a normalised address, if there is one."""
    return Subscriber.objects.filter(address=address).first()


def subscriptions_of(subscriber: Subscriber) -> list[Subscription]:
    """Returns what somebody has to do with lists, with the lists and their words."""
    rows = subscriber.subscriptions.select_related("mailing_list", "consent_text")
    return list(rows.prefetch_related("mailing_list__texts"))


def sign_up_of(token: str) -> SignUp | None:
    """Returns what the token of a confirmation confirms; None if it is not valid."""
    uuid = read_confirmation_token(token)
    return SignUp.objects.filter(uuid=uuid).first() if uuid else None


def asked_for(sign_up: SignUp) -> list[Subscription]:
    """Returns the subscriptions that a sign-up asked for, in whichever state they are now."""
    rows = Subscription.objects.filter(
        subscriber__hmac=sign_up.hmac, mailing_list__in=sign_up.lists
    )
    return list(
        rows.select_related("subscriber", "mailing_list").prefetch_related("mailing_list__texts")
    )


def reader_of(token: str) -> tuple[Subscriber, PreferencesLink] | None:
    """Returns whose preferences a link opens; None where it leads to nobody."""
    link = read_preferences_token(token)
    subscriber = _by_uuid(link.subscriber) if link else None
    return (subscriber, link) if subscriber and link else None


def subscription_of(token: str) -> Subscription | None:
    """Returns the subscription that a token of one click ends; None if there is none any more."""
    rows = Subscription.objects.select_related("subscriber", "mailing_list")
    return rows.prefetch_related("mailing_list__texts").filter(token=token).first()


def site_url() -> str:
    """Returns the address of the default site, below which links in mails lie; no slash behind."""
    site = default_site()
    address = site.root_url if site else getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    return str(address).rstrip("/")


def default_site() -> Site | None:
    """Returns the site that mails are of."""
    site: Site | None = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    return site


def choices_of(lists: list[MailingList]) -> list[tuple[str, Any]]:
    """Returns lists as choices of a form, in the language of the page being written."""
    return [(each.slug, described(each)) for each in lists]


def described(mailing_list: MailingList) -> SafeString | str:
    """Returns name and description of a list, marked where they are in another language."""
    text, words = mailing_list.text, words_about(mailing_list)
    if text is None or text.language == get_language():
        return words
    return format_html('<span lang="{}">{}</span>', text.language, words)


def words_about(mailing_list: MailingList) -> str:
    """Returns name and description of a list as plain text, nearest to the reader's language."""
    text = mailing_list.text
    if text is None:
        return mailing_list.slug
    return f"{text.name}: {text.description}" if text.description else str(text.name)


def _by_uuid(uuid: UUID) -> Subscriber | None:
    return Subscriber.objects.filter(uuid=uuid).first()
