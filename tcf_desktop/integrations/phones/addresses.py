"""Under which addresses other devices reach this computer."""

from __future__ import annotations

import contextlib
import ipaddress
import socket


def local_addresses() -> list[str]:
    """The private IPv4 addresses of this computer, the one towards the network first.

    May ask the system's name service, so it belongs on an io thread. Empty without a network.
    """
    found: list[str] = []
    # A sandbox may forbid even this, with an error or a warning of its own.
    with contextlib.suppress(OSError, RuntimeError, Warning):
        found.append(_towards_network())
    with contextlib.suppress(OSError, UnicodeError):
        entries = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found.extend(str(entry[4][0]) for entry in entries)
    return [address for address in dict.fromkeys(found) if _is_usable(address)]


def is_own_name(host: str, connected_to: str, extra: frozenset[str] = frozenset()) -> bool:
    """Whether a ``Host`` header names this computer: the address that was connected to, its name.

    A page on the web that tricks a browser into connecting here still names its own host.
    """
    name = _without_port(host.strip().lower())
    if not name:
        return False
    own = socket.gethostname().lower()
    short = own.partition(".")[0]
    return (
        name == connected_to.lower()
        or name in {"localhost", own, short, f"{short}.local", f"{short}.lan"}
        or name in extra
    )


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _towards_network() -> str:
    # Connecting a datagram socket sends nothing; the system only chooses the way out.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])


def _is_usable(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return parsed.is_private and not parsed.is_loopback and not parsed.is_unspecified
