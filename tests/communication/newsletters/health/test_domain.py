"""What a sender's domain says of itself, and what is to be put right."""

import pytest

from communication.newsletters.health.domain import Sender, check_domain
from communication.newsletters.health.findings import Finding, Level

from .zones import SHORT_KEY, Zones

SENDER = Sender("v2v.example", ["mail"], ["203.0.113.7"])


def found(subject: str, zones: Zones, sender: Sender = SENDER) -> Finding:
    [finding] = [each for each in check_domain(sender, zones) if each.subject == subject]
    return finding


def test_a_domain_in_order_has_nothing_to_put_right() -> None:
    findings = check_domain(SENDER, Zones())

    assert {each.level for each in findings} == {Level.FINE}
    assert [each.subject for each in findings] == [
        *("spf", "dkim", "dmarc"),
        *("mx", "ptr", "alignment"),
    ]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (None, "add an SPF record"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "does not let 203.0.113.7 send"),
        ("v=spf1 ~all", "does not let 203.0.113.7 send"),
        ("v=spf1 +all", "lets everybody send"),
        ("v=spf1 include:nobody.example -all", "names nobody.example, which has none"),
        ("v=spf1 include:v2v.example -all", "more than 10 questions"),
        ("v=spf1 redirect=v2v.example", "more than 10 questions"),
        ("v=spf1 ip4:203.0.113.x -all", "203.0.113.x is no network"),
    ],
)
def test_what_is_wrong_with_spf_is_said(record: str | None, words: str) -> None:
    zones = Zones().set("v2v.example", "TXT", *([record] if record else []))

    finding = found("spf", zones)

    assert finding.level is Level.PROBLEM
    assert words in finding.sentence


def test_two_spf_records_are_one_too_many() -> None:
    zones = Zones().set("v2v.example", "TXT", "v=spf1 -all", "v=spf1 ip4:203.0.113.7 -all")

    assert "more than one" in found("spf", zones).sentence


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 ip4:203.0.113.7 -all",
        "v=spf1 a:mail.v2v.example -all",
        "v=spf1 a:mail.v2v.example/32//128 ?all",
        "v=spf1 mx/28 -all",
        "v=SPF1 IP6:2001:db8::/32 Include:_spf.provider.example -ALL",
        "v=spf1 exists:%{i}.v2v.example include:_spf.provider.example -all",
        "v=spf1 redirect=_spf.provider.example",
    ],
)
def test_all_ways_to_name_a_server_in_spf_are_understood(record: str) -> None:
    zones = Zones().set("v2v.example", "TXT", record)
    zones.set("_spf.provider.example", "TXT", "v=spf1 ip4:203.0.113.0/24 ~all")

    assert found("spf", zones).level is Level.FINE


def test_a_server_with_ipv6_is_looked_at_as_well() -> None:
    sender = Sender("v2v.example", ["mail"], ["203.0.113.7", "2001:db8::7"])
    zones = Zones()
    assert "2001:db8::7" in found("spf", zones, sender).sentence

    zones.set("v2v.example", "TXT", "v=spf1 ip4:203.0.113.7 ip6:2001:db8::/64 -all")

    assert found("spf", zones, sender).level is Level.FINE


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], "has no public key"),
        (["v=DKIM1; p="], "has no public key"),
        (["v=DKIM1; p=!!!"], "has no public key"),
        ([f"v=DKIM1; p={SHORT_KEY}"], "2048 bits"),
    ],
)
def test_what_is_wrong_with_a_key_is_said(records: list[str], words: str) -> None:
    zones = Zones().set("mail._domainkey.v2v.example", "TXT", *records)

    finding = found("dkim", zones)

    assert finding.level is Level.PROBLEM
    assert words in finding.sentence


def test_a_short_key_of_the_newer_kind_is_long_enough() -> None:
    zones = Zones().set("mail._domainkey.v2v.example", "TXT", f"k=ed25519; p={SHORT_KEY}")

    assert found("dkim", zones).level is Level.FINE


def test_selectors_that_nobody_named_are_asked_for() -> None:
    finding = found("dkim", Zones(), Sender("v2v.example", [], []))

    assert "V2V_DKIM_SELECTORS" in finding.sentence


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], Level.PROBLEM),
        (["v=DMARC1; rua=mailto:a@v2v.example"], Level.PROBLEM),
        (["v=DMARC1; p=none"], Level.ADVICE),
        (["v=DMARC1;p=reject"], Level.FINE),
    ],
)
def test_dmarc_needs_a_policy(records: list[str], level: Level) -> None:
    assert found("dmarc", Zones().set("_dmarc.v2v.example", "TXT", *records)).level is level


def test_dmarc_of_the_domain_above_counts() -> None:
    sender = Sender("news.v2v.example", ["mail"], [])

    assert "_dmarc.v2v.example" in found("dmarc", Zones(), sender).sentence


@pytest.mark.parametrize(
    ("hosts", "words"),
    [([], "has no mail server"), ([""], "takes no mail"), (["gone.v2v.example"], "has no address")],
)
def test_answers_need_somewhere_to_go(hosts: list[str], words: str) -> None:
    assert words in found("mx", Zones().set("v2v.example", "MX", *hosts)).sentence


@pytest.mark.parametrize(
    ("hosts", "words"),
    [([], "has no name"), (["dsl-7.provider.example"], "does not lead back")],
)
def test_a_server_has_a_name_that_leads_back(hosts: list[str], words: str) -> None:
    finding = found("ptr", Zones().set("203.0.113.7", "PTR", *hosts))

    assert finding.level is Level.PROBLEM
    assert words in finding.sentence


def test_with_a_provider_its_servers_are_its_affair() -> None:
    sender = Sender("v2v.example", ["mail"], [])

    levels = {each.subject: each.level for each in check_domain(sender, Zones())}

    assert levels["ptr"] == levels["spf"] == Level.ADVICE
    assert levels["alignment"] is Level.FINE


def test_a_domain_that_nothing_vouches_for_is_told() -> None:
    zones = Zones().set("v2v.example", "TXT", "v=spf1 -all")
    zones.set("mail._domainkey.v2v.example", "TXT")

    assert found("alignment", zones).level is Level.PROBLEM


def test_name_servers_that_do_not_answer_are_no_verdict() -> None:
    zones = Zones().break_down("_dmarc.v2v.example", "TXT")

    assert "try again later" in found("dmarc", zones).sentence
    assert found("spf", zones).level is Level.FINE
