"""A Radicale server on loopback: another program that reads and expands what we write."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import icalendar

_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = {folder}
[web]
type = none
[logging]
level = warning
"""
_MAKE = (
    '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"/>'
)
_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data><C:expand start="{start}" end="{end}"/></C:calendar-data></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{start}" end="{end}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""

_DATA = re.compile(r"<[^>]*calendar-data[^>/]*>(.*?)</[^>]*calendar-data>", re.DOTALL)


class RadicaleServer:
    """The server process, its folder and one connection to it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        config = folder / "config"
        config.write_text(_CONFIG.format(port=self._port, folder=folder / "collections"))
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            stdout=self._log, stderr=self._log,
        )  # fmt: skip

    def wait(self, seconds: float = 60) -> None:
        """Until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self._process.poll() is None, "Radicale ended"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            self._process_wait()
        raise AssertionError("Radicale did not answer")

    def _process_wait(self) -> None:
        try:
            self._process.wait(0.05)
        except subprocess.TimeoutExpired:
            return

    def stop(self) -> None:
        """End the process that was started here."""
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def collection(self, content: bytes) -> str:
        """The path of a fresh calendar that holds the file, one resource for each identity."""
        path = f"/judge/{uuid.uuid4()}/"
        assert self._ask("MKCALENDAR", path, _MAKE)[0] == 201
        for number, resource in enumerate(_by_uid(content)):
            status, answer = self._ask("PUT", f"{path}{number}.ics", resource, **{
                "Content-Type": "text/calendar; charset=utf-8", "If-None-Match": "*",
            })  # fmt: skip
            assert status == 201, (status, answer, resource)
        return path

    def expanded(self, path: str, start: str, end: str) -> list[icalendar.Event]:
        """Every occurrence between two UTC stamps (``20260308T000000Z``)."""
        query = _QUERY.format(start=escape(start), end=escape(end))
        status, answer = self._ask("REPORT", path, query, Depth="1")
        assert status == 207, (status, answer)
        found: list[icalendar.Event] = []
        for text in re.findall(
            r"<[^>]*calendar-data[^>/]*>(.*?)</[^>]*calendar-data>", answer, re.DOTALL
        ):
            plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "")
            found += icalendar.Calendar.from_ical(plain.replace("&amp;", "&")).events
        return found

    def _ask(self, method: str, path: str, body: str | bytes, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            data = body.encode() if isinstance(body, str) else body
            wanted = {"Content-Type": "application/xml", "Authorization": "Basic anVkZ2U6eA=="}
            connection.request(method, path, data, {**wanted, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def _by_uid(content: bytes) -> Iterable[bytes]:
    whole = icalendar.Calendar.from_ical(content)
    groups: dict[str, list[icalendar.Event]] = {}
    for event in whole.events:
        groups.setdefault(str(event["UID"]), []).append(event)
    for events in groups.values():
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//Test//EN")
        calendar.add("version", "2.0")
        for zone in whole.timezones:
            calendar.add_component(zone)
        for event in events:
            calendar.add_component(event)
        yield calendar.to_ical()
