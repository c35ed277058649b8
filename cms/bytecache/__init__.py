"""Stored answers in front of Django: what is the same for everybody is made once a version.

Why, how it stays true and how to switch it off: ``docs/bytecache.md``.
"""

from .application import ByteCache, Version

__all__ = ["ByteCache", "Version"]
