"""What the services need from outside, as Protocols. ``app.bootstrap`` plugs the real ones in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from tcf_desktop.base.errors import AppError


class Worker(Protocol):
    """A process apart for parsers and PDFs. ``function`` is ``package.module:name``.

    Blocks; errors raised there as :class:`AppError` are raised here; ``worker.timed_out`` and
    ``worker.died`` say that the process had to be replaced. Starts on first use.
    """

    def run(self, function: str, *args: object, timeout: float = 30.0) -> Any: ...

    def close(self) -> None: ...


class Unplugged:
    """Stands where nothing was plugged in, and says so when it is used."""

    def run(self, function: str, *args: object, timeout: float = 30.0) -> Any:
        raise AppError("worker.missing", function=function, arguments=len(args), timeout=timeout)

    def close(self) -> None:
        """Nothing to end."""


@dataclass(slots=True)
class Ports:
    """The plugged-in integrations of one office."""

    documents: Worker = field(default_factory=Unplugged)  # makes PDFs; stays warm
    files: Worker = field(default_factory=Unplugged)  # parses foreign files

    def close(self) -> None:
        """End the processes that were started."""
        self.documents.close()
        self.files.close()
