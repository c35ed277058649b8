"""Erases what is known of somebody: afterwards no table, log or file of ours has the address."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import ConsentAction, ConsentSource, ImportState, SuppressionReason
from ..exchange.reading import is_named_in
from ..models import ConsentEvent, Delivery, SignUp, Subscriber, SubscriberImport, Suppression
from ..subscribers.addresses import address_hmac, known_hmacs
from ..transports import load_transport


def erase(*, address: str, source: ConsentSource) -> None:
    """Erases a normalised address, whether or not it has subscribed.

    What stays is the hmac: of the suppression, by which no import or form brings the address back,
    of the events, which prove what was agreed to but name nobody, and of the deliveries, so that
    the counts of a dispatch stay true. A mail that waits is left out when its turn comes.
    """
    hmacs = known_hmacs(address)
    with transaction.atomic():
        if not Suppression.objects.filter(hmac__in=hmacs).exists():
            Suppression.objects.get_or_create(
                hmac=address_hmac(address), defaults={"reason": SuppressionReason.ERASED}
            )
        ConsentEvent.objects.create(
            hmac=address_hmac(address), action=ConsentAction.ERASED, source=source
        )
        Subscriber.objects.filter(address=address).delete()
        Delivery.objects.to_address(hmacs).update(address="")
        SignUp.objects.filter(hmac__in=hmacs).update(address="", next_attempt_at=None)
        _withdraw_files(address)
    load_transport().forget(address)


def _withdraw_files(address: str) -> None:
    """Gives up the uploaded files that name the address; they can be imported again without it."""
    for each in SubscriberImport.objects.unfinished().select_for_update():
        if is_named_in(bytes(each.content), address):
            SubscriberImport.objects.filter(pk=each.pk).update(
                state=ImportState.FAILED,
                content=b"",
                next_attempt_at=None,
                message=_(
                    "Somebody whose address stands in this file has had it erased. Take the file "
                    "from its source again: the address is now suppressed and will be left out."
                ),
            )
