"""A worker that only sends newsletters, in a process of its own.

``python -m tests.sending_worker PORT`` sends what the database of ``DATABASE_URL`` has to send to
the mail server on that port of this machine. With ``V2V_TEST_KILLED_AT`` it kills itself on the way
of a mail: see ``tests.killed_transport``.
"""

import os
import sys
from contextlib import closing
from datetime import timedelta
from importlib import import_module

import django
from django.conf import settings

from tests.communication.newsletters.mail_settings import use_server
from tests.killed_transport import KILLED_AT

SMTP = "communication.newsletters.transports.smtp.SmtpTransport"
KILLED = "tests.killed_transport.KilledTransport"
COMPOSER = "tests.dispatches"
"""By which the proof's dispatch was written: a worker looks at it once more."""

LEASE = timedelta(seconds=3)
"""Instead of twelve minutes: the proof is not to wait for each worker that it killed."""


def main(port: int) -> None:
    """Sends until it is ended, and looks for work ten times a second."""
    django.setup()
    jobs = import_module("communication.newsletters.jobs")
    stopping = import_module("communication.delivery.services.stopping")
    worker = import_module("communication.delivery.services.worker")
    use_server(settings, port)
    settings.V2V_MAIL_TRANSPORT = KILLED if KILLED_AT in os.environ else SMTP
    settings.V2V_INSTALLATION_ID = "the proof"
    settings.V2V_ISSUE_COMPOSER = COMPOSER
    job = jobs.DispatchSending()
    job._sender.lease = LEASE
    with closing(stopping.StopRequest()) as stop, stop.on_signals():
        worker.Worker([job], stop, timedelta(seconds=0.1)).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
