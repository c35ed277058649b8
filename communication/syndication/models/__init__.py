"""What other sites are told, and how far they have been told it."""

from .changes import THE_VERSION, Change, ContentVersion, PublicItem

__all__ = ["THE_VERSION", "Change", "ContentVersion", "PublicItem"]
