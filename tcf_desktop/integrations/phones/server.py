"""The endpoint's thread: our own socket, uvicorn on it, a clean start and a clean stop."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import threading
from typing import TYPE_CHECKING

from tcf_desktop.base.clock import Clock
from tcf_desktop.base.errors import AppError
from tcf_desktop.integrations.phones import addresses, pairing
from tcf_desktop.integrations.phones.limits import Limits
from tcf_desktop.integrations.phones.pairing import Offer, PairingDesk

if TYPE_CHECKING:
    import uvicorn

    from tcf_desktop.ports import PointSink

log = logging.getLogger(__name__)

_BACKLOG = 128
_START_SECONDS = 10.0
_STOP_SECONDS = 8.0


class PhoneServer:
    """Receives positions over HTTP. Start and stop from any one thread; implements the port
    ``PhoneEndpoint``. The web server is imported on the first start."""

    def __init__(self, sink: PointSink, clock: Clock, limits: Limits | None = None) -> None:
        self._sink = sink
        self._clock = clock
        self._limits = limits or Limits()
        self._desk = PairingDesk()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._bound: tuple[str, int] | None = None
        self._trouble: BaseException | None = None

    # the port of the services

    def start(self, host: str, port: int) -> tuple[str, int]:
        """Listen on an IPv4 address (``0.0.0.0`` for every one) and a port (0: any free one).

        Returns what it listens on once requests are answered. Raises ``phones.port_taken``,
        ``phones.port_refused`` or ``phones.address_missing``; never takes another port, because a
        paired phone's address must not change.
        """
        if self._bound is not None:
            return self._bound
        listener = _listen(host, port)
        bound = listener.getsockname()
        ready = threading.Event()
        self._trouble = None
        self._thread = threading.Thread(
            target=self._serve, args=(listener, ready), name="tcf-phones", daemon=True
        )
        self._thread.start()
        if not ready.wait(_START_SECONDS) or self._trouble is not None:
            trouble = self._trouble
            self.stop()
            listener.close()
            raise AppError("phones.not_started") from trouble
        self._bound = (str(bound[0]), int(bound[1]))
        return self._bound

    def stop(self) -> None:
        """Stop accepting, let running requests finish, end the thread. Does nothing when off."""
        server, thread = self._server, self._thread
        if server is not None:
            server.should_exit = True
        if thread is not None:
            thread.join(_STOP_SECONDS)
            if thread.is_alive() and server is not None:
                server.force_exit = True
                thread.join(_STOP_SECONDS)
        self._server = self._thread = self._bound = None

    def listening(self) -> tuple[str, int] | None:
        """The address and port in use, or None when off."""
        return self._bound

    def addresses(self) -> list[str]:
        """Private IPv4 addresses of this computer; may wait for the system's name service."""
        return addresses.local_addresses()

    def offer(
        self, phone_id: int, app: str, person: str, business: str, token: str, base_url: str
    ) -> str:
        """A one-time code; ``base_url``/p/code is the page that sets the phone up."""
        return self._desk.open(Offer(phone_id, app, person, business, token, base_url))

    def withdraw(self, phone_id: int) -> None:
        """End the offer of a phone."""
        self._desk.close(phone_id)

    def urls(self, base_url: str, token: str) -> dict[str, str]:
        """The address of each protocol with the token in it."""
        return pairing.addresses(base_url, token)

    # the thread

    def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        try:
            self._server = server = self._make(ready)
            server.run(sockets=[listener])
        except BaseException as error:  # noqa: BLE001 - the starting thread raises it
            self._trouble = error
            log.error("the phone endpoint ended: %s", type(error).__name__)
        finally:
            listener.close()
            ready.set()

    def _make(self, ready: threading.Event) -> uvicorn.Server:
        import uvicorn

        from tcf_desktop.integrations.phones.application import PhoneApplication
        from tcf_desktop.integrations.phones.protocol import protocol_class

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                ready.set()

        limits = self._limits
        application = PhoneApplication(self._sink, self._clock, self._desk, limits)
        return Server(
            uvicorn.Config(
                application,
                loop="asyncio",
                http=protocol_class(limits),
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_keep_alive=limits.keep_alive_seconds,
                timeout_graceful_shutdown=3,
                h11_max_incomplete_event_size=limits.header_block,
            )
        )


def _listen(host: str, port: int) -> socket.socket:
    # The protocol is named because asyncio switches Nagle's delay off only where it says TCP.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # There "reuse" would let a second program take over a port that is in use.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except OverflowError as error:
        listener.close()
        raise AppError("phones.port_refused", port=port) from error
    except OSError as error:
        listener.close()
        raise _why(error, host, port) from error
    return listener


def _why(error: OSError, host: str, port: int) -> AppError:
    if error.errno == errno.EADDRINUSE:
        return AppError("phones.port_taken", port=port)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return AppError("phones.port_refused", port=port)
    return AppError("phones.address_missing", host=host)
