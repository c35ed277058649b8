"""Lists, who reads them, and what proves that they want to."""

from .archive import NewsletterIndexPage
from .consents import ConsentEvent, ConsentText
from .imports import SubscriberImport
from .issues import NewsletterPage
from .lists import MailingList, MailingListText
from .sign_ups import SignUp
from .subscribers import Subscriber, Subscription
from .suppressions import Suppression

__all__ = [
    "ConsentEvent",
    "ConsentText",
    "MailingList",
    "MailingListText",
    "NewsletterIndexPage",
    "NewsletterPage",
    "SignUp",
    "Subscriber",
    "SubscriberImport",
    "Subscription",
    "Suppression",
]
