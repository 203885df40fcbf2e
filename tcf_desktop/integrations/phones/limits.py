"""How much the endpoint takes, and from whom. The figures and their reasons: docs of the phones."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Who is in the office or in its VPN: loopback, private ranges, link-local, shared address space.
LAN: Final[tuple[Network, ...]] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, seconds and counts. Beyond ``body`` or ``points`` the answer is 413."""

    body: int = 8 * 1024 * 1024
    header_block: int = 32 * 1024
    points: int = 5_000
    depth: int = 32
    per_phone: int = 16
    requests: int = 64
    connections: int = 256
    header_seconds: float = 10.0
    body_seconds: float = 60.0
    keep_alive_seconds: int = 15
    commit_seconds: float = 5.0
    linger_seconds: float = 2.0
    wrong_tokens_a_minute: int = 10
    networks: tuple[Network, ...] = LAN

    def is_neighbour(self, address: str, own: str = "") -> bool:
        """Whether a peer may connect: from this computer, its subnet, or the networks above.

        ``own`` is the address of this computer that was connected to. Office networks sometimes
        have public addresses; their subnet is taken as the first 24 or 64 bits.
        """
        peer, here = _parsed(address), _parsed(own)
        if peer is None or not self.networks:
            return False
        if any(peer.version == network.version and peer in network for network in self.networks):
            return True
        if here is None or here.version != peer.version:
            return False
        bits = 24 if peer.version == 4 else 64
        return peer in ipaddress.ip_network(f"{here}/{bits}", strict=False)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(
            address.partition("%")[0]
        )
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed
