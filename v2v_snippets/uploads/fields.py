"""The fields through which pictures and documents come in: of forms, and of the image model."""

from typing import Any

import willow
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.forms.fields import FileField
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import WagtailImageField as ImageModelField
from wagtail.images.models import WagtailImageFieldFile

from .documents import check_document
from .images import clean_image, image_size


class CleanImageField(WagtailImageField):
    """Wagtail's field of forms, which knows the size of a picture before it decodes anything."""

    def to_python(self, data: Any) -> Any:
        """Cleans what was uploaded, in its place: views that keep the upload keep no metadata.

        Raises:
            ValidationError: when it is too large, broken, or no picture.
        """
        upload: Any = FileField.to_python(self, data)
        if upload is None:
            return None
        self.check_image_file_size(upload)
        if upload.name.rpartition(".")[2].lower() not in self.allowed_image_extensions:
            raise ValidationError(
                self.error_messages["invalid_image_extension"], code="invalid_image_extension"
            )
        _replace(upload, clean_image(upload.read()))
        upload.image = willow.Image.open(upload)
        upload.content_type = upload.image.mime_type
        self.check_image_file_format(upload)
        upload.seek(0)
        upload.is_clean_image = True
        return upload


class CheckedDocumentField(WagtailDocumentField):
    """Wagtail's field of forms, which believes no file name."""

    def to_python(self, data: Any) -> Any:
        """Checks that the content is what the name says.

        Raises:
            ValidationError: when it is too large or something else.
        """
        upload = super().to_python(data)
        if upload is not None:
            check_document(upload, upload.name)
        return upload


class CleanImageFile(WagtailImageFieldFile):
    """The file of an image, cleaned on its way to the storage, whoever stores it."""

    def save(self, name: str, content: Any, *args: Any, **kwargs: Any) -> None:
        """Stores a picture without metadata.

        Raises:
            ValidationError: when it is too large, broken, or no picture.
        """
        if not getattr(content, "is_clean_image", False):
            content.seek(0)
            content = ContentFile(clean_image(content.read()), name=name)
        super().save(name, content, *args, **kwargs)

    def get_image_dimensions(self) -> tuple[int, int] | tuple[None, None]:
        """Returns width and height from the header; of a file that is no picture there are none."""
        is_closed = self.closed
        self.open()
        size = image_size(self.read())
        if is_closed:
            self.close()
        else:
            self.seek(0)
        return size or (None, None)

    def let_go(self) -> None:
        """Closes the file; whoever wants it again opens it from the storage."""
        self.close()
        self.__dict__.pop("_file", None)

    def store_new(self) -> bool:
        """Stores a file that has only been assigned so far; tells whether there was one."""
        if self._committed:
            return False
        self.save(self.name, self.file, save=False)
        return True


class CleanImageModelField(ImageModelField):
    """The field of a model whose pictures are cleaned however they come in."""

    attr_class = CleanImageFile


def _replace(upload: Any, content: bytes) -> None:
    """Writes over an upload, wherever Django keeps it: in memory or in a temporary file."""
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
