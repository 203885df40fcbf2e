"""Who is a neighbour, which host names are ours, what apps are told."""

from __future__ import annotations

import base64
import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tcf_desktop.integrations.phones import pairing
from tcf_desktop.integrations.phones.addresses import is_own_name
from tcf_desktop.integrations.phones.limits import Limits


@pytest.mark.parametrize(
    ("peer", "own", "expected"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("192.168.4.20", "192.168.1.5", True),
        ("100.100.1.1", "10.0.0.1", True),
        ("::ffff:10.1.2.3", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("fd00::1", "::1", True),
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.9", "203.0.113.7", True),
        ("203.0.114.9", "203.0.113.7", False),
        ("8.8.8.8", "192.168.1.5", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8::2", False),
        ("", "192.168.1.5", False),
        ("nonsense", "", False),
    ],
)
def test_neighbours(peer: str, own: str, expected: bool) -> None:
    assert Limits().is_neighbour(peer, own) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("10.0.0.5:8765", True),
        ("localhost:8765", True),
        ("[::1]:8765", False),
        ("10.0.0.6:8765", False),
        ("evil.example", False),
        ("", False),
    ],
)
def test_own_names(host: str, expected: bool) -> None:
    assert is_own_name(host, "10.0.0.5") is expected


def test_the_overland_link_fills_in_address_and_secret() -> None:
    offer = pairing.Offer(
        1, "overland", "José Müller", "Clearview", "tok_en-1", "http://10.0.0.5:1"
    )
    link = urlsplit(pairing.app_link(offer))
    assert (link.scheme, link.netloc) == ("overland", "setup")
    assert parse_qs(link.query) == {
        "url": ["http://10.0.0.5:1/overland"],
        "token": ["tok_en-1"],
        "device_id": ["josmller"],
        "unique_id": ["yes"],
    }


def test_the_owntracks_link_carries_the_whole_configuration() -> None:
    offer = pairing.Offer(1, "owntracks", "Zoë", "Clearview", "token", "http://10.0.0.5:1")
    scheme, _, inline = pairing.app_link(offer).partition("inline=")
    settings = json.loads(base64.b64decode(unquote(inline)))
    assert scheme == "owntracks:///config?"
    assert (settings["mode"], settings["url"], settings["password"]) == (
        3, "http://10.0.0.5:1/ot", "token",
    )  # fmt: skip


def test_offers_end_by_a_clock_that_cannot_be_set_back() -> None:
    now = [1000.0]
    desk = pairing.PairingDesk(lambda: now[0])
    offer = pairing.Offer(1, "owntracks", "Zoë", "Clearview", "token", "http://10.0.0.5:1")
    first, second = desk.open(offer), desk.open(offer)
    assert desk.redeem(first) is None
    now[0] += 601
    assert desk.redeem(second) is None
    third = desk.open(offer)
    desk.close(1)
    assert desk.redeem(third) is None
    assert desk.redeem(desk.open(offer)) == offer
