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

    def is_neighbour(self, address: str) -> bool:
        """Whether a peer's address lies in the networks that may connect."""
        try:
            peer: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(
                address.partition("%")[0]
            )
        except ValueError:
            return False
        if isinstance(peer, ipaddress.IPv6Address) and peer.ipv4_mapped is not None:
            peer = peer.ipv4_mapped
        return any(peer.version == network.version and peer in network for network in self.networks)
