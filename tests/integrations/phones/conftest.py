"""An endpoint on a free loopback port, over a sink in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.integrations.phones.limits import Limits
from tcf_desktop.integrations.phones.server import PhoneServer
from tests.fakes.phone_sink import NOW_MS, Endpoint, MemorySink


@pytest.fixture
def sink() -> MemorySink:
    return MemorySink()


@pytest.fixture
def serve(sink: MemorySink) -> Iterator[Callable[..., Endpoint]]:
    """Start an endpoint with some limits changed; every one is stopped at the end."""
    servers: list[PhoneServer] = []

    def start(**limits: object) -> Endpoint:
        server = PhoneServer(sink, FrozenClock(NOW_MS), Limits(**limits))  # type: ignore[arg-type]
        servers.append(server)
        _, port = server.start("127.0.0.1", 0)
        return Endpoint(port, server)

    yield start
    for server in servers:
        server.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "tcf-phones"]


@pytest.fixture
def endpoint(serve: Callable[..., Endpoint]) -> Endpoint:
    return serve()
