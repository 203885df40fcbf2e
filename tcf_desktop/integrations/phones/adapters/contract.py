"""What every protocol module offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tcf_desktop.domain.tracks import Reading, Stored


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a body and when; the person follows from the token alone.

    ``received_at``: UTC milliseconds. ``speaks_kmh``: the sender shows itself as the original
    OwnTracks, whose speeds are km/h; others use its shape with metres a second.
    """

    phone_id: int
    received_at: int
    speaks_kmh: bool = False


@dataclass(frozen=True, slots=True)
class Adapter:
    """A protocol: how to know it, read it and answer it. ``answer`` gives a JSON body."""

    name: str
    is_mine: Callable[[object], bool]
    read: Callable[[object, Sender], Reading]
    answer: Callable[[Stored], bytes]
