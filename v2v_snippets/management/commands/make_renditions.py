"""Makes what public pictures lack, after an upgrade or an import: ``manage.py make_renditions``."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.images import get_image_model

from ...images import missing_specs
from ...publication.files import publicly_used
from ...services.renditions import make_renditions

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """For operators; the worker does the same for what is published from now on."""

    help = "Makes the AVIF, WebP and JPEG versions that public pictures lack."

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes picture after picture; ends with an error naming those that cannot be made."""
        images = publicly_used(get_image_model()._default_manager.order_by("pk"))
        total = images.count()
        broken = []
        for number, image in enumerate(images.iterator(chunk_size=100), start=1):
            if options["verbosity"]:
                self.stdout.write(f"{number}/{total} {image.title}: {len(missing_specs(image))}")
            try:
                make_renditions(image=image)
            except Exception:  # whatever is wrong with one picture, the others go on
                logger.exception("The versions of image %s cannot be made", image.pk)
                broken.append(str(image.pk))
        if broken:
            raise CommandError(
                f"The files of these images are lost or broken: {', '.join(broken)}. "
                "Upload them again, then repeat the command."
            )
