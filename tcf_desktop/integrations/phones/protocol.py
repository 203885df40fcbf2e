"""The HTTP connection: who may connect at all, and how long a request may take to arrive."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from tcf_desktop.integrations.phones.limits import Limits


class OfficeProtocol(H11Protocol):
    """Peers from outside and malformed requests are cut off without a word: some apps delete a
    message that is answered with a refusal, and keep one that was not answered."""

    limits: ClassVar[Limits] = Limits()
    _waits_for: str = ""  # "header", "body" or nothing
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Take the connection, or cut it when the peer is no neighbour or too many are open."""
        super().connection_made(JoinedTransport(transport))  # type: ignore[arg-type]
        # The application cuts a connection through its request's state.
        self.app_state = {**self.app_state, "drop": transport.abort}
        peer = self.client[0] if self.client else ""
        own = self.server[0] if self.server else ""
        crowded = len(self.connections) > self.limits.connections
        if crowded or not self.limits.is_neighbour(peer, own):
            transport.abort()
            return
        self._wait_for("header")

    def data_received(self, data: bytes) -> None:
        """Bytes of a request; what stays unfinished is given a time limit."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        cycle = self.cycle
        if not cycle or cycle.response_complete:
            self._wait_for("header")
        else:
            self._wait_for("body" if cycle.more_body else "")

    def connection_lost(self, exc: Exception | None) -> None:
        """The peer is gone."""
        self._wait_for("")
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """A malformed request gets no answer."""
        del msg
        self.transport.abort()

    def on_response_complete(self) -> None:
        """Between requests only the keep-alive limit counts."""
        self._wait_for("")
        super().on_response_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """An upgrade is not spoken here; the request is answered as if it had not asked."""

    def _wait_for(self, part: str) -> None:
        if part == self._waits_for:
            return
        self._waits_for = part
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if part:
            limits = self.limits
            seconds = limits.header_seconds if part == "header" else limits.body_seconds
            self._timer = self.loop.call_later(seconds, self._on_late)

    def _on_late(self) -> None:
        self._timer = None
        self.transport.abort()


class JoinedTransport:
    """Sends the head of an answer together with its body: one call to the system, one packet."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        """Hold a final answer's head until what follows it."""
        if data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 1"):
            self._head = data
            return
        if self._head:
            data, self._head = self._head + data, b""
        if data:
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def protocol_class(limits: Limits) -> type[H11Protocol]:
    """The connection class for these limits."""
    return type("LimitedProtocol", (OfficeProtocol,), {"limits": limits})
