"""Asks for the versions of pictures the moment that readers may see them, and keeps consents."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.signals import page_published

from .models import Partner, PersonConsent
from .publication.files import publicly_used
from .services.consents import refuse_to_delete
from .services.renditions import request_renditions, request_renditions_again


@receiver(page_published)
def request_pictures_of_page(instance: Any, **kwargs: Any) -> None:
    """Wagtail's index names all images of what was published, also those in rich text."""
    image_type = ContentType.objects.get_for_model(get_image_model(), for_concrete_model=False)
    references = ReferenceIndex.get_references_for_object(instance)
    found = references.filter(to_content_type=image_type).values_list("to_object_id", flat=True)
    request_renditions(images=found)


@receiver(post_save, sender=Partner)
def request_logo(instance: Partner, *, raw: bool, **kwargs: Any) -> None:
    """The logo of a partner is public at once."""
    if instance.logo_id and not raw:
        request_renditions(images=[instance.logo_id])


@receiver(post_save, sender=get_image_model())
def request_changed_picture(
    sender: Any, instance: Any, *, created: bool, raw: bool, **kwargs: Any
) -> None:
    """A new file or focal point makes the versions of a public picture anew."""
    if created or raw:
        return
    if publicly_used(sender._default_manager.filter(pk=instance.pk)).exists():
        request_renditions_again(image=instance)


@receiver(pre_delete, sender=PersonConsent)
def keep_consent(instance: PersonConsent, **kwargs: Any) -> None:
    """Whatever deletes one, pages that name it do not forget that somebody has withdrawn."""
    refuse_to_delete(consent=instance)
