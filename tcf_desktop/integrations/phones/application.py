"""The endpoint itself, as a plain ASGI application: routes, secrets, limits and answers.

The rule behind every status code: a known phone is never refused. Its app would delete the
message or send it for ever; so whatever it sends is committed and answered with 200, and only
passing trouble is a 503. The one exception is a body beyond the limits (413).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.clock import Clock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.tracks import Delivery, Reading
from tcf_desktop.integrations.phones import pages, tokens
from tcf_desktop.integrations.phones.adapters import Adapter, Sender, by_shape, overland, owntracks
from tcf_desktop.integrations.phones.addresses import is_own_name
from tcf_desktop.integrations.phones.bodies import Unreadable, parse
from tcf_desktop.integrations.phones.collector import Collector
from tcf_desktop.integrations.phones.limits import Limits
from tcf_desktop.integrations.phones.pairing import PairingDesk

if TYPE_CHECKING:
    from tcf_desktop.ports import PointSink

log = logging.getLogger(__name__)

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_ROUTES: Final[dict[str, Adapter]] = {
    "/ot": owntracks.ADAPTER,
    "/pub": owntracks.ADAPTER,
    "/api/v1/owntracks/points": owntracks.ADAPTER,
    "/overland": overland.ADAPTER,
    "/api/v1/overland/batches": overland.ADAPTER,
}
_WITH_TOKEN: Final = ("/ot", "/pub", "/overland")
_JSON: Final = (b"content-type", b"application/json")
_TEXT: Final = (b"content-type", b"text/plain; charset=utf-8")
_CLOSE: Final = (b"connection", b"close")
_RETRY: Final = (b"retry-after", b"60")
_WHO: Final = (b"www-authenticate", b'Basic realm="office"')
_HEALTH: Final = "/healthz"
_PAIR: Final = "/p/"
_LINGER_BYTES: Final = 256 * 1024


class _Gone(Exception):
    """The peer hung up, or was cut off."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What of a request is looked at."""

    method: str
    path: str
    query: bytes
    peer: str
    local: str
    host: str
    authorization: str
    agent: bytes
    length: int | None
    is_from_page: bool
    names_a_user: bool
    drop: Callable[[], None]


class PhoneApplication:
    """One endpoint. Every method runs on its event loop."""

    def __init__(
        self,
        sink: PointSink,
        clock: Clock,
        desk: PairingDesk,
        limits: Limits,
        own_names: frozenset[str] = frozenset(),
    ) -> None:
        self._sink = sink
        self._clock = clock
        self._desk = desk
        self._limits = limits
        self._own_names = own_names
        self._collector = Collector(sink)
        self._active: dict[int, int] = {}
        self._requests = 0
        self._wrong: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; never raises, so that no traceback meets a peer."""
        if scope["type"] != "http":
            return
        request = _request(scope)
        try:
            await self._answer(request, receive, send)
        except _Gone:
            await _cut(request)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001
            # Nothing of the request goes into the log: it may name a person's place.
            log.error("the phone endpoint stumbled: %s", type(error).__name__)
            await _cut(request)

    async def _answer(self, request: _Request, receive: Receive, send: Send) -> None:
        if request.is_from_page:
            await self._closing(send, receive, 403)
            return
        adapter, path_token = _route(request.path)
        phone_id = self._known(request, path_token)
        if adapter is None and (phone_id is None or _is_page(request.path)):
            await self._page(request, receive, send)
            return
        if request.method != "POST":
            if phone_id is None and not self._is_own_host(request):
                await self._closing(send, receive, 403)
            else:
                await self._closing(send, receive, 405, (b"allow", b"POST"))
            return
        if phone_id is None:
            await self._refuse(request, receive, send)
            return
        await self._take(request, adapter or owntracks.ADAPTER, phone_id, receive, send)

    # who it is

    def _known(self, request: _Request, path_token: str) -> int | None:
        for token in tokens.candidates(path_token, request.authorization, request.query):
            if len(token) > tokens.LONGEST:
                continue
            shown = tokens.digest(token)
            known = self._sink.phone_of(shown)
            if known is not None and hmac.compare_digest(known.token_hash, shown):
                return known.phone_id
        return None

    def _is_own_host(self, request: _Request) -> bool:
        return is_own_name(request.host, request.local, self._own_names)

    async def _refuse(self, request: _Request, receive: Receive, send: Send) -> None:
        if not self._is_own_host(request):
            await self._closing(send, receive, 403)
        elif not self._sink.is_ready():
            await self._closing(send, receive, 503, _RETRY)
        elif self._is_guessing(request.peer):
            raise _Gone
        else:
            await self._closing(send, receive, 401, _WHO)

    def _is_guessing(self, peer: str) -> bool:
        now = time.monotonic()
        if len(self._wrong) > 1024:
            self._wrong = {
                address: times for address, times in self._wrong.items() if now - times[-1] < 60
            }
        times = self._wrong.setdefault(peer, deque(maxlen=self._limits.wrong_tokens_a_minute + 1))
        while times and now - times[0] > 60:
            times.popleft()
        times.append(now)
        return len(times) > self._limits.wrong_tokens_a_minute

    # pages

    async def _page(self, request: _Request, receive: Receive, send: Send) -> None:
        if not self._is_own_host(request):
            await self._closing(send, receive, 403)
        elif not _is_page(request.path):
            await self._closing(send, receive, 404)
        elif request.method not in {"GET", "HEAD"}:
            await self._closing(send, receive, 405, (b"allow", b"GET, HEAD"))
        elif request.path == _HEALTH:
            await _respond(send, 200, b"ok", [_TEXT])
        elif request.method == "HEAD":
            # A look ahead by the phone must not use up the code.
            await _respond(send, 200, b"", list(pages.PAGE_HEADERS))
        else:
            await self._pairing(request, send)

    async def _pairing(self, request: _Request, send: Send) -> None:
        if self._desk.is_shut:
            raise _Gone
        offer = self._desk.redeem(request.path.removeprefix(_PAIR))
        if offer is None:
            await _respond(send, 404, pages.code_gone_page(), list(pages.PAGE_HEADERS))
        else:
            await _respond(send, 200, pages.pairing_page(offer), list(pages.PAGE_HEADERS))

    # a known phone's body

    async def _take(
        self, request: _Request, adapter: Adapter, phone_id: int, receive: Receive, send: Send
    ) -> None:
        active = self._active.get(phone_id, 0)
        if active >= self._limits.per_phone or self._requests >= self._limits.requests:
            await self._closing(send, receive, 503, _RETRY)
            return
        self._active[phone_id] = active + 1
        self._requests += 1
        try:
            body = await self._body(request, receive)
            if body is None:
                await self._closing(send, receive, 413, linger=self._limits.body)
            else:
                await self._store(request, adapter, phone_id, body, send)
        finally:
            self._requests -= 1
            left = self._active[phone_id] - 1
            if left:
                self._active[phone_id] = left
            else:
                del self._active[phone_id]

    async def _body(self, request: _Request, receive: Receive) -> bytes | None:
        """The whole body, or None when it is larger than allowed; reads no further than that."""
        limit = self._limits.body
        if request.length is not None and request.length > limit:
            return None
        parts: list[bytes] = []
        size = 0
        # A body that takes too long is cut off by the connection and ends as a hang-up here.
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            part = message["body"]
            size += len(part)
            if size > limit:
                return None
            parts.append(part)
            if not message["more_body"]:
                return parts[0] if len(parts) == 1 else b"".join(parts)

    async def _store(
        self,
        request: _Request,
        adapter: Adapter,
        phone_id: int,
        body: bytes,
        send: Send,
    ) -> None:
        adapter, reading = self._read(request, adapter, phone_id, body)
        if reading is None:
            await _respond(send, 413, b"", [_TEXT])
            return
        kept = body if reading.unreadable else b""
        delivery = Delivery(phone_id, self._clock.now_ms(), adapter.name, reading, kept)
        try:
            stored = await self._collector.put(delivery, self._limits.commit_seconds)
        except AppError as error:
            log.info("a phone was asked to come again: %s", error.code)
            await _respond(send, 503, b"", [_TEXT, _RETRY])
            return
        await _respond(send, 200, adapter.answer(stored), [_JSON])

    def _read(
        self, request: _Request, adapter: Adapter, phone_id: int, body: bytes
    ) -> tuple[Adapter, Reading | None]:
        if not body.strip(b" \t\r\n\0"):
            return adapter, Reading()
        try:
            data = parse(body, self._limits.depth)
        except Unreadable as error:
            return adapter, Reading(ignored=1, unreadable=error.reason)
        adapter = by_shape(data, adapter)
        entries = data.get("locations") if isinstance(data, dict) else data
        if isinstance(entries, list) and len(entries) > self._limits.points:
            return adapter, None
        speaks_kmh = request.names_a_user or request.agent.lower().startswith(b"owntracks")
        return adapter, adapter.read(data, Sender(phone_id, self._clock.now_ms(), speaks_kmh))

    async def _closing(
        self,
        send: Send,
        receive: Receive,
        status: int,
        *more: tuple[bytes, bytes],
        linger: int = _LINGER_BYTES,
    ) -> None:
        """Answer before the body was read. A little of it is taken in afterwards, because closing
        on unread bytes would make the system throw the answer away on its way out."""
        headers = [_TEXT, _CLOSE, (b"content-length", b"0"), *more]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        taken = 0
        try:
            async with asyncio.timeout(self._limits.linger_seconds):
                while taken < linger:
                    message = await receive()
                    if message["type"] == "http.disconnect" or not message["more_body"]:
                        break
                    taken += len(message["body"])
                else:
                    # Enough was read; what is still on its way gets a moment to be sent.
                    await asyncio.sleep(self._limits.linger_seconds / 2)
        except TimeoutError:
            pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _route(path: str) -> tuple[Adapter | None, str]:
    """The protocol of an address and the token at its end; an extra slash does no harm."""
    plain = path.rstrip("/")
    adapter = _ROUTES.get(plain)
    if adapter is not None:
        return adapter, ""
    head, _, tail = plain.rpartition("/")
    return (_ROUTES[head], tail) if head in _WITH_TOKEN else (None, "")


def _request(scope: Scope) -> _Request:
    host = authorization = ""
    agent = b""
    length: int | None = None
    is_from_page = names_a_user = False
    for name, value in scope["headers"]:
        if name == b"host":
            host = value.decode("latin-1")
        elif name == b"authorization":
            authorization = value.decode("latin-1")
        elif name == b"user-agent":
            agent = value
        elif name == b"content-length":
            length = int(value)
        elif name == b"origin":
            is_from_page = True
        elif name == b"sec-fetch-site":
            is_from_page = is_from_page or value not in {b"none", b"same-origin"}
        elif name == b"x-limit-u":
            names_a_user = True
    client, server = scope.get("client"), scope.get("server")
    return _Request(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"],
        peer=client[0] if client else "",
        local=server[0] if server else "",
        host=host,
        authorization=authorization,
        agent=agent,
        length=length,
        is_from_page=is_from_page,
        names_a_user=names_a_user,
        drop=scope["state"]["drop"],
    )


async def _respond(send: Send, status: int, body: bytes, headers: Headers) -> None:
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _cut(request: _Request) -> None:
    request.drop()
    # The server must have seen the end before this call returns, or it would answer in our place.
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def _is_page(path: str) -> bool:
    return path == _HEALTH or path.startswith(_PAIR)
