"""The HTTP connection: who may connect at all, and how long a request may take to begin."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from tcf_desktop.integrations.phones.limits import Limits


class OfficeProtocol(H11Protocol):
    """Peers from outside and malformed requests are cut off without a word: some apps delete a
    message that is answered with a refusal, and keep one that was not answered."""

    limits: ClassVar[Limits] = Limits()
    _header_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Take the connection, or cut it when the peer is no neighbour or too many are open."""
        super().connection_made(transport)
        # The application cuts a connection through its request's state.
        self.app_state = {**self.app_state, "drop": transport.abort}
        peer = self.client[0] if self.client else ""
        own = self.server[0] if self.server else ""
        crowded = len(self.connections) > self.limits.connections
        if crowded or not self.limits.is_neighbour(peer, own):
            transport.abort()
            return
        self._watch_header()

    def data_received(self, data: bytes) -> None:
        """Bytes of a request; a header that stays unfinished is given a time limit."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if not self.cycle or self.cycle.response_complete:
            self._watch_header()
        else:
            self._stop_watching()

    def connection_lost(self, exc: Exception | None) -> None:
        """The peer is gone."""
        self._stop_watching()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """A malformed request gets no answer."""
        del msg
        self.transport.abort()

    def on_response_complete(self) -> None:
        """Between requests only the keep-alive limit counts."""
        self._stop_watching()
        super().on_response_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """An upgrade is not spoken here; the request is answered as if it had not asked."""

    def _watch_header(self) -> None:
        if self._header_timer is None:
            self._header_timer = self.loop.call_later(
                self.limits.header_seconds, self._on_header_late
            )

    def _stop_watching(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _on_header_late(self) -> None:
        self._header_timer = None
        self.transport.abort()


def protocol_class(limits: Limits) -> type[H11Protocol]:
    """The connection class for these limits."""
    return type("LimitedProtocol", (OfficeProtocol,), {"limits": limits})
