"""The endpoint for phones, built when it is first asked for something."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.ports import PhoneEndpoint
    from tcf_desktop.services.office import Office


class LatePhones:
    """Implements the port ``PhoneEndpoint``. A start without phones loads nothing of it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._made: PhoneEndpoint | None = None
        self._lock = threading.Lock()

    def start(self, host: str, port: int) -> tuple[str, int]:
        return self._endpoint().start(host, port)

    def stop(self) -> None:
        if self._made is not None:
            self._made.stop()

    def listening(self) -> tuple[str, int] | None:
        return None if self._made is None else self._made.listening()

    def addresses(self) -> list[str]:
        return self._endpoint().addresses()

    def offer(
        self, phone_id: int, app: str, person: str, business: str, token: str, base_url: str
    ) -> str:
        return self._endpoint().offer(phone_id, app, person, business, token, base_url)

    def withdraw(self, phone_id: int) -> None:
        if self._made is not None:
            self._made.withdraw(phone_id)

    def urls(self, base_url: str, token: str) -> dict[str, str]:
        return self._endpoint().urls(base_url, token)

    def _endpoint(self) -> PhoneEndpoint:
        with self._lock:
            if self._made is None:
                from tcf_desktop.integrations.phones.server import PhoneServer
                from tcf_desktop.services.tracks import TrackSink

                self._made = PhoneServer(TrackSink(self._office), self._office.clock)
            return self._made
