"""Lists, who reads them, and what proves that they want to."""

from .archive import NewsletterIndexPage
from .consents import ConsentEvent, ConsentText
from .deliveries import Delivery, DeliveryEvent
from .dispatches import Dispatch, DispatchVariant, SendingPace
from .imports import SubscriberImport
from .issues import NewsletterPage
from .lists import MailingList, MailingListText
from .sign_ups import SignUp
from .subscribers import Subscriber, Subscription
from .suppressions import Suppression

__all__ = [
    "ConsentEvent",
    "ConsentText",
    "Delivery",
    "DeliveryEvent",
    "Dispatch",
    "DispatchVariant",
    "MailingList",
    "MailingListText",
    "NewsletterIndexPage",
    "NewsletterPage",
    "SendingPace",
    "SignUp",
    "Subscriber",
    "SubscriberImport",
    "Subscription",
    "Suppression",
]
