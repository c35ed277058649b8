"""The blocks: the form to subscribe, for pages, and what an issue is made of."""

from .issue import IssueBlock
from .subscribe import SubscribeBlock

__all__ = ["IssueBlock", "SubscribeBlock"]
