"""What is asked of the DNS, whoever answers."""

from typing import Protocol


class NamesError(Exception):
    """No name server has answered; whether there is such a name is not known."""


class Names(Protocol):
    """Answers in lists, which are empty where there is no such name.

    Each of its methods raises ``NamesError`` when nobody answers.
    """

    def texts(self, name: str) -> list[str]:
        """Returns the TXT records of a name, each as one text."""

    def mail_hosts(self, name: str) -> list[str]:
        """Returns the hosts that take mail for a name, the preferred first; "" stands for none."""

    def addresses(self, name: str) -> list[str]:
        """Returns the IPv4 and IPv6 addresses of a host."""

    def hosts_at(self, address: str) -> list[str]:
        """Returns the names of an IP address."""
