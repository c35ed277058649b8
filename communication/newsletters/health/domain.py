"""What the sender's domain says of itself: SPF, DKIM, DMARC, MX and the names of addresses."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .findings import Finding, advice, fine, problem
from .names import Names, NamesError
from .spf import SpfError, spf_records, spf_result

LONG_ENOUGH: Final = 290
"""Bytes of a public RSA key of 2048 bits."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and from where, as far as the site knows it."""

    domain: str
    selectors: list[str]
    """Names of DKIM's keys: ``V2V_DKIM_SELECTORS``."""
    addresses: list[str]
    """IP addresses from which mail goes out; empty where that is the affair of a provider."""


def check_domain(sender: Sender, names: Names) -> list[Finding]:
    """Looks at all that the DNS says."""
    checks: dict[str, Callable[[Sender, Names], Finding]] = {
        "spf": _check_spf,
        "dkim": _check_dkim,
        "dmarc": _check_dmarc,
        "mx": _check_mail_hosts,
        "ptr": _check_hosts,
        "alignment": _check_alignment,
    }
    return [_without_outage(subject, check, sender, names) for subject, check in checks.items()]


def _without_outage(
    subject: str, check: Callable[[Sender, Names], Finding], sender: Sender, names: Names
) -> Finding:
    try:
        return check(sender, names)
    except NamesError as error:
        return problem(subject, f"No name server has answered ({error}): try again later.")


def _check_spf(sender: Sender, names: Names) -> Finding:
    domain = sender.domain
    records = spf_records(names, domain)
    if not records:
        return problem("spf", f"{domain} says not who may send for it: add an SPF record (TXT).")
    if "+all" in records[0].lower() or records[0].lower().split()[-1] == "all":
        return problem("spf", f"The SPF record of {domain} lets everybody send: end it with -all.")
    try:
        results = {each: spf_result(names, domain, each) for each in sender.addresses}
    except SpfError as error:
        return problem("spf", f"The SPF record of {domain} is wrong: {error}.")
    refused = [each for each, result in results.items() if result != "pass"]
    if refused:
        where = ", ".join(refused)
        return problem("spf", f"The SPF record of {domain} does not let {where} send: add it.")
    if not results:
        return advice(
            "spf",
            f"{domain} has an SPF record; see to it that it names your mail server or provider, "
            "or set V2V_MAIL_SERVER_ADDRESSES to have it looked at.",
        )
    return fine("spf", f"{domain} lets {', '.join(results)} send.")


def _check_dkim(sender: Sender, names: Names) -> Finding:
    if not sender.selectors:
        return problem(
            "dkim",
            "Nobody knows by which key mails are signed: let your mail server sign (DKIM), and "
            "name its selectors in V2V_DKIM_SELECTORS.",
        )
    for selector in sender.selectors:
        name = f"{selector}._domainkey.{sender.domain}"
        tags = _tags("".join(names.texts(name)[:1]))
        key = _key_of(tags.get("p", ""))
        if not key:
            return problem("dkim", f"{name} has no public key: add the TXT record of your signer.")
        if tags.get("k", "rsa") == "rsa" and len(key) < LONG_ENOUGH:
            return problem("dkim", f"The key of {name} is short: make one of 2048 bits.")
    return fine("dkim", f"{sender.domain} has the keys of {', '.join(sender.selectors)}.")


def _check_dmarc(sender: Sender, names: Names) -> Finding:
    found = _dmarc_of(sender.domain, names)
    if found is None:
        return problem(
            "dmarc",
            f"_dmarc.{sender.domain} has no record, which large providers ask for: add a TXT "
            'record, "v=DMARC1; p=none" to begin with.',
        )
    where, tags = found
    if tags.get("p", "") not in {"none", "quarantine", "reject"}:
        return problem("dmarc", f'The record of {where} has no valid policy: add "p=none".')
    if tags["p"] == "none":
        return advice("dmarc", f"{where} lets forgeries pass: raise p=none when all is signed.")
    return fine("dmarc", f"{where} asks to {tags['p']} what is forged.")


def _check_mail_hosts(sender: Sender, names: Names) -> Finding:
    hosts = names.mail_hosts(sender.domain)
    if hosts == [""]:
        return problem("mx", f"{sender.domain} takes no mail: send from a domain that does.")
    if not hosts and not names.addresses(sender.domain):
        return problem("mx", f"{sender.domain} has no mail server for answers: add an MX record.")
    dead = [host for host in hosts if not names.addresses(host)]
    if dead:
        return problem("mx", f"{', '.join(dead)} has no address: correct the MX record.")
    return fine("mx", f"Answers and bounces go to {', '.join(hosts) or sender.domain}.")


def _check_hosts(sender: Sender, names: Names) -> Finding:
    """A server that sends has a name, which leads back to it; large providers refuse others."""
    if not sender.addresses:
        return advice(
            "ptr",
            "Where mail goes out is not known: with a mail server of your own, set "
            "V2V_MAIL_SERVER_ADDRESSES; with a provider, there is nothing to do.",
        )
    for address in sender.addresses:
        hosts = names.hosts_at(address)
        if not hosts:
            return problem("ptr", f"{address} has no name: have its owner add a PTR record.")
        if not any(address in names.addresses(host) for host in hosts):
            return problem(
                "ptr", f"{address} is called {hosts[0]}, which does not lead back: correct either."
            )
    return fine("ptr", f"{', '.join(sender.addresses)} and its names lead to one another.")


def _check_alignment(sender: Sender, names: Names) -> Finding:
    """DMARC (RFC 7489, 3.1) passes if SPF or DKIM does for the domain that readers see.

    Bounces return to the address that readers see, so it is one domain for both.
    """
    has_key = any(
        _key_of(_tags("".join(names.texts(f"{each}._domainkey.{sender.domain}")[:1])).get("p", ""))
        for each in sender.selectors
    )
    try:
        results = [spf_result(names, sender.domain, each) for each in sender.addresses]
    except SpfError:
        results = []
    if has_key or (results and set(results) == {"pass"}):
        return fine("alignment", f"Mails prove that they are from {sender.domain}.")
    return problem(
        "alignment",
        f"Nothing proves that mails are from {sender.domain}: sign them for it (DKIM), or choose "
        "a DEFAULT_FROM_EMAIL of a domain whose SPF record names your mail server.",
    )


def _dmarc_of(domain: str, names: Names) -> tuple[str, dict[str, str]] | None:
    """Returns the record that counts, of the domain or the nearest above it, and where it is."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        where = "_dmarc." + ".".join(labels[start:])
        for text in names.texts(where):
            tags = _tags(text)
            if tags.get("v") == "DMARC1":
                return where, tags
    return None


def _tags(text: str) -> dict[str, str]:
    """Reads a list of tags, as DKIM and DMARC have them: "v=DMARC1; p=none"."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs}


def _key_of(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
