"""The endpoint for phones: cost of a batch, of single points, and what the window feels of it."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.harness import PEERS, ROOT, SAMPLE_NOW_MS, Bench, Figure, interleaved, percentile
from benchmarks.phone_batches import batch_request, read_answer

POINTS = 100
STEP = 20  # requests in one sample


def run(bench: Bench) -> None:
    """Batches, single points, lateness of the window's event loop."""
    sys.setswitchinterval(0.0005)
    from tcf_desktop.app.bootstrap import open_office
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services.phones import PairPhone

    folder = bench.copy(bench.default()) if bench.quick else bench.large_copy()
    office = open_office(folder, FrozenClock(SAMPLE_NOW_MS))
    try:
        phone = office.runner.run(PairPhone(1, "overland"))
        endpoint = office.ports.phones
        assert endpoint is not None
        _, port = endpoint.start("127.0.0.1", 0)
        bare = _BareServer()
        _batches(bench, port, phone.token, bare, _raw_database(bench, folder.database))
        _lateness(bench, office, port, phone.token)
        bare.stop()
    finally:
        office.close(60)


def _batches(bench: Bench, port: int, token: str, bare: _BareServer, database: Path) -> None:
    rounds = bench.rounds(60)
    ours = _Client(port, token, rounds, points=POINTS, first=1 << 16)
    parse = _Client(bare.port, token, rounds, points=POINTS, first=0)
    single = _Client(port, token, rounds, points=1, first=1 << 24)
    raw = _RawInserts(database, rounds)
    figures = interleaved(
        rounds, ours=ours.step, parse=parse.step, raw=raw.step, single=single.step
    )
    floor = Figure(
        figures["parse"].cpu + figures["raw"].cpu, figures["parse"].wall + figures["raw"].wall
    )
    bench.compare(
        "Overland batch of 100 through the endpoint, committed", figures["ours"].per(STEP),
        "HTTP + JSON alone + raw executemany, durable", floor.per(STEP), at_most=1.5,
        note=f"HTTP and JSON {figures['parse'].per(STEP).cpu:.3f} ms, "
             f"executemany {figures['raw'].per(STEP).cpu:.3f} ms of CPU",
    )  # fmt: skip
    bench.show("one point through the endpoint, committed", figures["single"].per(STEP))
    for client in (ours, parse, single):
        client.close()


def _lateness(bench: Bench, office: Any, port: int, token: str) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from tcf_desktop.app.bootstrap import make_view_context

    app = QApplication.instance() or QApplication([])
    context = make_view_context(office, bench.scratch() / "device.ini")
    page = _team_page(context)
    lates: list[float] = []
    last = [0.0]

    def tick() -> None:
        now = time.perf_counter()
        if last[0]:
            lates.append(max(0.0, (now - last[0]) * 1000 - 10))
        last[0] = now

    timer = QTimer()
    timer.setTimerType(timer.timerType().PreciseTimer)
    timer.setInterval(10)
    timer.timeout.connect(tick)
    seconds = 2.0 if bench.quick else 5.0

    def spin(until: Any) -> list[float]:
        lates.clear()
        last[0] = 0.0
        timer.start()
        watch = QTimer()
        watch.setInterval(50)
        watch.timeout.connect(lambda: app.quit() if until() else None)
        watch.start()
        app.exec()
        timer.stop()
        return list(lates)

    spin(_after(1.0))
    idle = spin(_after(seconds))
    client = subprocess.Popen(
        [sys.executable, str(PEERS / "post_batches.py"), str(port), token, str(seconds),
         str(POINTS), "4"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**_environment()},
    )  # fmt: skip
    busy = spin(lambda: client.poll() is not None)
    told = client.communicate()[0].strip()
    bench.limit(
        "event-loop lateness of the window meanwhile, 99th", percentile(busy, 0.99), at_most=10,
        beside="idle", floor=percentile(idle, 0.99),
        note=f"4 connections for {seconds:g} s: {told}; largest {max(busy):.1f} ms",
    )  # fmt: skip
    page.close()
    page.deleteLater()
    context.close()


def _team_page(context: Any) -> Any:
    from PySide6.QtWidgets import QWidget

    try:
        from tcf_desktop.views.team.page import TeamPage
    except ImportError:
        page = QWidget()
    else:
        page = TeamPage(context)
    page.resize(1200, 800)
    page.show()
    if hasattr(page, "shown"):
        page.shown()
    return page


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _after(seconds: float) -> Any:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


class _Client:
    """Sends requests that were made beforehand, so that only the sending is measured."""

    def __init__(self, port: int, token: str, rounds: int, *, points: int, first: int) -> None:
        self._peer = socket.create_connection(("127.0.0.1", port))
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        numbers = iter(range(first, first + (rounds + 1) * STEP))
        self._steps = iter(
            [[batch_request(token, points, next(numbers)) for _ in range(STEP)]
             for _ in range(rounds + 1)]
        )  # fmt: skip

    def step(self) -> None:
        for request in next(self._steps):
            self._peer.sendall(request)
            if b" 200 " not in read_answer(self._peer)[:15]:
                raise SystemExit("a batch was refused")

    def close(self) -> None:
        self._peer.close()


class _BareServer:
    """uvicorn as ours, with an application that only parses and answers."""

    def __init__(self) -> None:
        import orjson
        import uvicorn

        async def application(scope: Any, receive: Any, send: Any) -> None:
            parts = []
            while True:
                message = await receive()
                parts.append(message["body"])
                if not message["more_body"]:
                    break
            orjson.loads(b"".join(parts))
            headers = [(b"content-type", b"application/json"), (b"content-length", b"15")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b'{"result":"ok"}'})

        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            application, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None,
            log_level="critical", access_log=False, server_header=False, date_header=False,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


class _RawInserts:
    """The same rows by the driver alone: one durable transaction for each batch."""

    def __init__(self, path: Path, rounds: int) -> None:
        from tcf_desktop.models import connection
        from tcf_desktop.services.tracks import INSERT_POINTS

        self._sql = INSERT_POINTS
        self._db = connection.open_writer(path)
        numbers = iter(range(1 << 30))
        self._steps = iter([[_rows(next(numbers)) for _ in range(STEP)] for _ in range(rounds + 1)])

    def step(self) -> None:
        for rows in next(self._steps):
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(self._sql, rows)
            self._db.execute("COMMIT")


def _raw_database(bench: Bench, database: Path) -> Path:
    """The same business once more, so that the raw rows go into a table of the same size."""
    from benchmarks.harness import backup

    copy = bench.scratch() / "raw.db"
    backup(database, copy)
    return copy


def _rows(number: int) -> list[tuple[object, ...]]:
    return [
        (1, (number * POINTS + index) * 1000, 43.5461 + index / 1e5, -96.7313, 8, 430, 12, 181, 0,
         "overland", SAMPLE_NOW_MS)
        for index in range(POINTS)
    ]  # fmt: skip
