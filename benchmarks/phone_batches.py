"""Requests as Overland sends them, made fast enough not to be what is measured."""

from __future__ import annotations

import socket

_FEATURE = (
    b'{"type":"Feature","geometry":{"type":"Point","coordinates":[%.6f,%.6f]},"properties":'
    b'{"timestamp":"%s","altitude":430,"speed":12,"course":181,"horizontal_accuracy":8,'
    b'"vertical_accuracy":4,"speed_accuracy":1,"course_accuracy":5,"motion":["driving"],'
    b'"battery_state":"unplugged","battery_level":0.78,"wifi":"","device_id":"marcus",'
    b'"unique_id":"0D3E1F1C-33AB-4B7B-9C6C-0D3E1F1C33AB","trip_id":"2026-07-14T07:31:00Z"}}'
)
_FIRST_S = 1_750_000_000  # within 400 days of the sample's now


def batch_body(points: int, number: int) -> bytes:
    """A batch that no other ``number`` shares a second with."""
    features = []
    for index in range(points):
        second = _FIRST_S + (number * points + index) % 33_000_000
        features.append(_FEATURE % (-96.7313 + index / 1e5, 43.5461 + index / 1e5, _iso(second)))
    return b'{"locations":[' + b",".join(features) + b"]}"


def batch_request(token: str, points: int, number: int) -> bytes:
    """The whole request, headers and body."""
    body = batch_body(points, number)
    return (
        b"POST /overland HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
        b"Content-Type: application/json\r\nUser-Agent: Overland/1.3\r\n"
        b"Content-Length: %d\r\n\r\n" % (token.encode(), len(body))
    ) + body


def read_answer(peer: socket.socket) -> bytes:
    """The bytes of one answer with a known length."""
    data = peer.recv(65536)
    while True:
        head, _, body = data.partition(b"\r\n\r\n")
        if b"\r\n\r\n" in data:
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            if len(body) >= length:
                return data
        more = peer.recv(65536)
        if not more:
            raise SystemExit("the endpoint hung up")
        data += more


def _iso(second: int) -> bytes:
    import time

    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second)).encode()
