"""Hands deliveries to the writer: one group at a time, so that a burst shares its commits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.tracks import Delivery, Stored

if TYPE_CHECKING:
    from tcf_desktop.ports import PointSink

_LARGEST_GROUP = 64

_Waiting = tuple[Delivery, "asyncio.Future[Stored]"]


class Collector:
    """Lives on the server's event loop. While one group is being committed, what arrives is
    gathered for the next; a lone request is handed on at once."""

    def __init__(self, sink: PointSink) -> None:
        self._sink = sink
        self._waiting: list[_Waiting] = []
        self._alone: list[_Waiting] = []  # of a group that was refused: one at a time
        self._busy = False

    async def put(self, delivery: Delivery, seconds: float) -> Stored:
        """Store a delivery and come back after the commit.

        Raises what the sink raises, and ``phones.late`` when the commit takes longer than
        ``seconds``; it may still happen then, and the same points will count as duplicates.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Stored] = loop.create_future()
        self._waiting.append((delivery, future))
        if not self._busy:
            self._send()
        late = loop.call_later(seconds, _give_up, future)
        try:
            return await future
        finally:
            late.cancel()

    def _send(self) -> None:
        group: list[_Waiting] = []
        while not group and (self._alone or self._waiting):
            source, size = (self._alone, 1) if self._alone else (self._waiting, _LARGEST_GROUP)
            group = [item for item in source[:size] if not item[1].done()]
            del source[:size]
        if not group:
            return
        self._busy = True
        loop = asyncio.get_running_loop()
        try:
            stored = self._sink.store([delivery for delivery, _ in group])
        except AppError as error:
            self._finish(group, error)
            return

        def on_stored(done: Future[Sequence[Stored]]) -> None:
            # On the writer's thread, or at once when it was refused.
            if done.cancelled():
                result: Sequence[Stored] | BaseException = AppError("app.closing")
            else:
                result = done.exception() or done.result()
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._finish, group, result)

        stored.add_done_callback(on_stored)

    def _finish(self, group: list[_Waiting], result: Sequence[Stored] | BaseException) -> None:
        self._busy = False
        if isinstance(result, BaseException) and len(group) > 1:
            self._alone.extend(group)
            group = []
        self._send()
        if isinstance(result, BaseException):
            for _, future in group:
                if not future.done():
                    future.set_exception(result)
            return
        for (_, future), stored in zip(group, result, strict=True):
            if not future.done():
                future.set_result(stored)


def _give_up(future: asyncio.Future[Stored]) -> None:
    if not future.done():
        future.set_exception(AppError("phones.late", retryable=True))
