"""The tabs of an editor, called the same in addresses whatever language its editors read."""

from typing import Any

from wagtail.admin.panels import ObjectList


class Tab(ObjectList):
    """A tab with a name of its own for addresses, such as ``#tab-publishing``.

    Wagtail makes one of the heading, in the language of whoever opens a form of the process first.
    """

    def __init__(self, children: Any = (), *, name: str = "", **kwargs: Any) -> None:
        """Takes what an ``ObjectList`` does, and the name: letters and underscores."""
        super().__init__(children, **kwargs)
        self.name = name

    @property
    def clean_name(self) -> str:
        """The name."""
        return self.name

    def clone_kwargs(self) -> dict[str, Any]:
        """Returns what makes another one like it."""
        return {**super().clone_kwargs(), "name": self.name}
