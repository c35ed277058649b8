"""Output that somebody watches."""

from io import StringIO


class Terminal(StringIO):
    """Takes output as a terminal does."""

    def isatty(self) -> bool:
        return True
