"""The StreamField blocks: text, media, the project's records, and what the home page adds."""

from .consent import ConsentChooserBlock, public_stream
from .home import StrandBlock
from .project import TimelineBlock
from .story import StoryBlock

__all__ = ["ConsentChooserBlock", "StoryBlock", "StrandBlock", "TimelineBlock", "public_stream"]
