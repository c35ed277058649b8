"""The database backend, in the module where Django looks for it."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the system, not the server, whether a connection that waited is of use.

    Each request makes sure of its connection (``CONN_HEALTH_CHECKS``). A server that goes away says
    so, or its system does: then there is something to be read. Where there is nothing, nothing has
    happened, and a query less is a twentieth of what a page costs.
    """

    def is_usable(self) -> bool:
        """Tells whether the connection stands; the server is asked only if it has said anything."""
        if self.connection is None or self.connection.closed:
            return False
        arrivals = select.poll()
        arrivals.register(self.connection.fileno(), select.POLLIN)
        if not arrivals.poll(0):
            return True
        usable: bool = super().is_usable()
        return usable
