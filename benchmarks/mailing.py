"""How fast an issue goes out: ``python -m benchmarks.mailing``.

Sends the same issue of some 50 KB to the same readers, over one connection each, to the same
server of this machine: with Django's ``send_mass_mail``, and with the worker's job and all that it
notes in the database before each mail. Both in turn, several times; what counts is the round of
each that was least disturbed by whatever else the machine has to do. On SQLite, and with
``DATABASE_URL`` (and ``CACHE_URL``) on that PostgreSQL as well. The server runs in a process of its
own. ``--many`` then sends to that many readers, from a process that has done nothing else, and says
how much memory that needs. It ends with 1 if it is too slow, or needs the more the more it sends.
"""

import argparse
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.databases import empty_database, in_own_process, run_on_each
from tests.mail_sink import MailSink

READERS = 1_000
ROUNDS = 5
STORY = """
<mj-section><mj-column>
<mj-text font-size="20px"><h2>Razmjena {number}: Sarajevo – Tiranë</h2></mj-text>
<mj-text>{words}</mj-text>
<mj-button href="https://v2v.example/news/{number}">Pročitajte više</mj-button>
</mj-column></mj-section>
"""
WORDS = (
    "Učenice i učenici četiri škole proveli su dvije sedmice u preduzećima partnerskih gradova. "
)
HEAD = '<mj-head><mj-attributes><mj-all font-family="Arial" /></mj-attributes></mj-head>'
STORIES = 8
WANTED = 5.0
"""Times as fast as Django."""

FLAT = 20
"""Megabytes that a worker may need more for all mails than it needs for the first tenth."""


def main() -> None:
    """Measures on each database there is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure(options.readers, options.many)
        return
    run_on_each("benchmarks.mailing", f"--readers={options.readers}", f"--many={options.many}")


def measure(readers: int, many: int) -> None:
    """Sends in both ways from a database of its own, and prints the table."""
    with running_sink() as port, empty_database() as vendor, sending_to(port):
        send_by_worker(warm_up())
        rounds = [measure_round(readers) for _round in range(ROUNDS)]
        sizes, of_django, of_ours = zip(*rounds, strict=True)
        print(
            f"{vendor}: {ROUNDS} times {readers} readers, {max(sizes) / 1000:.0f} kB each, one "
            f"connection, load {os.getloadavg()[0]:.1f}"
        )
        django, ours = min(of_django), min(of_ours)
        for name, best, seconds in (
            ("send_mass_mail", django, of_django),
            ("the worker's job", ours, of_ours),
        ):
            middle = 1000 * median(seconds) / readers
            print(
                f"  {name:18}{1000 * best / readers:8.2f} ms a mail{readers / best:8.0f} /s"
                f"   (in the middle {middle:.2f} ms)"
            )
        is_fast = django / ours >= WANTED
        verdict = "as wanted" if is_fast else f"not the {WANTED:.0f} wanted"
        print(f"  {django / ours:.1f} times as fast: {verdict}", flush=True)
        if many:
            for task in (fill, send_and_weigh):
                in_own_process(task, many, port)
    if not is_fast:
        raise SystemExit("It is too slow.")


def measure_round(readers: int) -> tuple[int, float, float]:
    """Sends in both ways, and returns the length of a mail and how long each took."""
    size = write_readers(readers)
    return size, timed(lambda: send_by_django(readers)), timed(lambda: send_by_worker(readers))


@contextmanager
def running_sink() -> Iterator[int]:
    """A server in a process of its own, which takes everything and keeps nothing."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=[theirs], daemon=True)
    process.start()
    yield ours.recv()
    process.terminate()
    process.join()


def serve(pipe: Any) -> None:
    """Says its port, and takes mail until it is ended."""
    sink = MailSink(keeps_content=False).start()
    pipe.send(sink.port)
    while True:
        time.sleep(60)


@contextmanager
def sending_to(port: int) -> Iterator[None]:
    """Lets Django and newsletters send to the same server."""
    import django
    from django.test import override_settings

    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        mailer = {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": port}}
        server: dict[str, Any] = {"MAILERS": {"default": mailer}}
    else:
        server = {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port}
    with override_settings(
        V2V_MAIL_TRANSPORT="communication.newsletters.transports.smtp.SmtpTransport",
        V2V_ISSUE_COMPOSER="benchmarks.mailing",
        **server,
    ):
        yield


def issue_languages(_page: Any) -> tuple[str, ...]:
    """Stands for the composer: English alone."""
    return ("en",)


def render_issue(_page: Any, language: str, **_site: str) -> Any:
    """Stands for the composer: an issue of eight stories, by MJML and css-inline as in real life.

    The text has a line a paragraph, as texts have, so that all lines of a paragraph are one.
    """
    import css_inline
    from mjml import mjml2html

    from communication.newsletters.rendering.placeholders import UNSUBSCRIBE_URL
    from tests.dispatches import Letter

    words = WORDS * 12
    stories = "".join(STORY.format(number=number, words=words) for number in range(STORIES))
    stories += STORY.format(number=0, words=f'<a href="{UNSUBSCRIBE_URL}">–</a>')
    markup = mjml2html(f"<mjml>{HEAD}<mj-body>{stories}</mj-body></mjml>")
    html = css_inline.inline(markup, load_remote_stylesheets=False)
    text = "\n\n".join([*(words for _story in range(STORIES)), UNSUBSCRIBE_URL])
    return Letter("Vijesti u studenom", "", html, text, language)


def write_readers(number: int) -> int:
    """Fills one list, and returns how long a mail will be."""
    from communication.newsletters.models import MailingList
    from tests.dispatches import ready_dispatch
    from tests.newsletters import MailingListFactory
    from tests.sites import build_site

    if not MailingList.objects.exists():
        build_site()
        MailingListFactory(slug="news")
    add_readers(number)
    dispatch = ready_dispatch(MailingList.objects.get(), is_repeated=True)
    return len(dispatch.variants.get().compiled)


def warm_up() -> int:
    """Makes a dispatch to three, so that all that is loaded once in a worker's life is loaded."""
    write_readers(3)
    return 3


def add_readers(number: int) -> None:
    """Writes readers of the list until there are so many."""
    from django.utils import timezone

    from communication.newsletters.models import MailingList, Subscriber, Subscription
    from communication.newsletters.subscribers.addresses import address_hmac

    addresses = [f"r{n}@school.example" for n in range(Subscriber.objects.count(), number)]
    people = Subscriber.objects.bulk_create(
        [Subscriber(address=each, hmac=address_hmac(each), locale="en") for each in addresses],
        batch_size=500,
    )
    news, now = MailingList.objects.get(), timezone.now()
    Subscription.objects.bulk_create(
        [
            Subscription(mailing_list=news, subscriber=each, state="confirmed", confirmed_at=now)
            for each in people
        ],
        batch_size=500,
    )


def send_by_django(number: int) -> None:
    """Sends as Django's documentation shows it, HTML and headers included: over one connection."""
    from django.core import mail

    letter = render_issue(None, "en", site_url="")
    messages = []
    for reader in range(number):
        message = mail.EmailMultiAlternatives(
            letter.subject,
            letter.text,
            to=[f"r{reader}@school.example"],
            headers={"List-Unsubscribe": f"<https://v2v.example/{reader}>"},
        )
        message.attach_alternative(letter.html, "text/html")
        messages.append(message)
    import django

    if django.VERSION >= (6, 1):
        mail.mailers["default"].send_messages(messages)
    else:
        mail.get_connection().send_messages(messages)


def send_by_worker(number: int, tell: Callable[[int], None] | None = None) -> None:
    """Schedules the dispatch that is ready, lets the job send it, and tells how far it is."""
    from django.utils import timezone

    from communication.newsletters.jobs import DispatchSending
    from communication.newsletters.models import Dispatch
    from communication.newsletters.services.dispatching.scheduling import UNDO_WINDOW, schedule

    dispatch = Dispatch.objects.filter(state="ready").latest("pk")
    schedule(dispatch=dispatch, now=timezone.now() - UNDO_WINDOW - timedelta(seconds=1))
    job, sent = DispatchSending(), 0
    while Dispatch.objects.filter(pk=dispatch.pk, finished_at=None).exists():
        sent += job.run_due(timezone.now()).done
        if tell is not None:
            tell(sent)
    job.close()
    if dispatch.deliveries.accepted().count() != number:
        raise SystemExit("Not everybody has got it.")


def fill(number: int, port: int) -> None:
    """Makes a dispatch to many ready."""
    from communication.newsletters.models import MailingList
    from tests.dispatches import ready_dispatch

    with sending_to(port):
        add_readers(number)
        ready_dispatch(MailingList.objects.get(), is_repeated=True)


def send_and_weigh(number: int, port: int) -> None:
    """Sends to many, and prints how much memory the process has on the way, and at most."""
    on_the_way: list[tuple[float, float]] = []

    def weigh(sent: int) -> None:
        if not on_the_way and sent >= number / 10:
            on_the_way.append(megabytes())

    before, _peak = megabytes()
    with sending_to(port):
        seconds = timed(lambda: send_by_worker(number, weigh))
    [(after_a_tenth, peak_of_a_tenth)], (at_the_end, peak) = on_the_way, megabytes()
    print(
        f"  {number} readers: {seconds:.0f} s ({number / seconds:.0f} /s), memory {before:.0f} MB "
        f"before, {after_a_tenth:.0f} MB after a tenth, {at_the_end:.0f} MB at the end; at most "
        f"{peak_of_a_tenth:.0f} MB until the tenth, {peak:.0f} MB in all"
    )
    if max(peak - peak_of_a_tenth, at_the_end - after_a_tenth) > FLAT:
        raise SystemExit("It needs the more memory the more it sends.")


def megabytes() -> tuple[float, float]:
    """Returns how much memory this process has now, and had at most; both as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * resource.getpagesize() / 2**20, peak / 2**10


def timed(work: Callable[[], Any]) -> float:
    """Returns how many seconds something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
