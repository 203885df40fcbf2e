"""The endpoint's port in memory, and a short way to talk to an endpoint under test."""

from __future__ import annotations

import hashlib
import http.client
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.tracks import Delivery, Stored
from tcf_desktop.integrations.phones.server import PhoneServer
from tcf_desktop.ports import KnownPhone

NOW_MS = 1_784_043_720_000  # 2026-07-14T15:42:00Z
TOKEN = "6YqTestTokenTestTokenTest"  # gitleaks:allow


@dataclass
class MemorySink:
    """Commits on a thread of its own, as the real one does; keyed by phone and second."""

    tokens: dict[str, int] = field(default_factory=lambda: {TOKEN: 1})
    points: dict[tuple[int, int], tuple[object, ...]] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    ready: bool = True
    trouble: AppError | None = None
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self._lock = threading.Lock()

    def phone_of(self, token_hash: str) -> KnownPhone | None:
        for token, phone_id in self.tokens.items():
            known = hashlib.sha256(token.encode()).hexdigest()
            if known == token_hash:
                return KnownPhone(phone_id, known)
        return None

    def is_ready(self) -> bool:
        return self.ready

    def store(self, deliveries: Sequence[Delivery]) -> Future[Sequence[Stored]]:
        future: Future[Sequence[Stored]] = Future()
        threading.Thread(target=self._commit, args=(deliveries, future), daemon=True).start()
        return future

    def _commit(self, deliveries: Sequence[Delivery], future: Future[Sequence[Stored]]) -> None:
        self.gate.wait(20)
        if self.trouble is not None:
            future.set_exception(self.trouble)
            return
        with self._lock:
            self.groups.append(len(deliveries))
            future.set_result([self._keep(delivery) for delivery in deliveries])

    def _keep(self, delivery: Delivery) -> Stored:
        self.deliveries.append(delivery)
        reading = delivery.reading
        saved = 0
        for row in reading.points:
            if (row[0], row[1]) not in self.points:
                self.points[row[0], row[1]] = row
                saved += 1
        return Stored(saved, len(reading.points) - saved + reading.repeated, reading.ignored)


@dataclass
class Endpoint:
    """The address under test and a short way to talk to it."""

    port: int
    server: PhoneServer

    def post(
        self, path: str, body: bytes, headers: dict[str, str] | None = None, method: str = "POST"
    ) -> http.client.HTTPResponse:
        """One request on a connection of its own; the answer's body is in ``.body``."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            answer.body = answer.read()  # type: ignore[attr-defined]
            return answer
        finally:
            connection.close()

    def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """What comes back for these bytes until the server hangs up or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as peer:
            peer.sendall(data)
            parts = []
            try:
                while part := peer.recv(65536):
                    parts.append(part)
            except (TimeoutError, ConnectionResetError):
                pass
            return b"".join(parts)
