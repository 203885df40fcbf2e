"""What the services need from outside, as Protocols. ``app.bootstrap`` plugs the real ones in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tcf_desktop.domain.tracks import Delivery, Stored


class Worker(Protocol):
    """A process apart for parsers and PDFs. ``function`` is ``package.module:name``.

    Blocks; errors raised there as :class:`AppError` are raised here; ``worker.timed_out`` and
    ``worker.died`` say that the process had to be replaced. Starts on first use.
    """

    def run(self, function: str, *args: object, timeout: float = 30.0) -> Any: ...

    def interrupt(self) -> None:
        """Stop the running job; it raises ``app.stopped``."""
        ...

    def close(self) -> None: ...


class KnownPhone(NamedTuple):
    """A paired phone as the endpoint knows it; ``token_hash`` is SHA-256 in hex."""

    phone_id: int
    token_hash: str


class PointSink(Protocol):
    """Where the endpoint leaves what phones send. Called on the endpoint's thread; never waits."""

    def phone_of(self, token_hash: str) -> KnownPhone | None:
        """The phone with this secret, from memory."""
        ...

    def is_ready(self) -> bool:
        """Whether an unknown secret is really unknown; False while the data is being replaced."""
        ...

    def store(self, deliveries: Sequence[Delivery]) -> Future[Sequence[Stored]]:
        """Commit in one transaction; resolves after the commit, in the order given."""
        ...


class PhoneEndpoint(Protocol):
    """The server for phones. All but :meth:`listening` may wait: not for the GUI thread."""

    def start(self, host: str, port: int) -> tuple[str, int]:
        """Listen; returns the address and port. Raises ``phones.port_taken`` and others."""
        ...

    def stop(self) -> None: ...

    def listening(self) -> tuple[str, int] | None: ...

    def addresses(self) -> list[str]:
        """Private addresses of this computer, the best first."""
        ...

    def offer(
        self, phone_id: int, app: str, person: str, business: str, token: str, base_url: str
    ) -> str:
        """A one-time code for the page ``base_url``/p/code."""
        ...

    def withdraw(self, phone_id: int) -> None: ...

    def urls(self, base_url: str, token: str) -> dict[str, str]:
        """The address of each protocol, for apps that are set up by hand."""
        ...


class Unplugged:
    """Stands where nothing was plugged in, and says so when it is used."""

    def run(self, function: str, *args: object, timeout: float = 30.0) -> Any:
        raise AppError("worker.missing", function=function, arguments=len(args), timeout=timeout)

    def interrupt(self) -> None:
        """Nothing to stop."""

    def close(self) -> None:
        """Nothing to end."""


@dataclass(slots=True)
class Ports:
    """The plugged-in integrations of one office."""

    documents: Worker = field(default_factory=Unplugged)  # makes PDFs; stays warm
    files: Worker = field(default_factory=Unplugged)  # parses foreign files
    phones: PhoneEndpoint | None = None

    def close(self) -> None:
        """End the threads and processes that were started."""
        if self.phones is not None:
            self.phones.stop()
        self.documents.close()
        self.files.close()
