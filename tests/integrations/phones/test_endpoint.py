"""The endpoint over real sockets: what phones send, and what they must be told."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import threading
import time
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import tracks
from tests.fakes.phone_sink import NOW_MS, TOKEN, Endpoint, MemorySink

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tracks" / "owntracks"
FIX_S = NOW_MS // 1000 - 60


def location(**changes: object) -> bytes:
    message = {
        "_type": "location", "tst": FIX_S, "lat": 43.5461, "lon": -96.7313, "acc": 12, "vel": 36,
        "cog": 181, "batt": 78, "SSID": "Home Wi-Fi", "motionactivities": ["automotive"],
    }  # fmt: skip
    return json.dumps(message | changes).encode()


def batch(count: int = 1, **changes: object) -> bytes:
    told = {
        "horizontal_accuracy": 8, "speed": 12, "course": 181, "altitude": 430,
        "battery_level": 0.78, "wifi": "Home Wi-Fi", "motion": ["driving"],
    }  # fmt: skip
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-96.7313 + index / 1e5, 43.5461]},
            "properties": told
            | {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(FIX_S - index * 10))}
            | changes,
        }
        for index in range(count)
    ]
    return json.dumps({"locations": features}).encode()


def test_owntracks_point_is_stored_in_metres_a_second_and_answered_with_an_empty_list(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    answer = endpoint.post(f"/ot/{TOKEN}", location(), {"X-Limit-U": "jane"})

    assert (answer.status, answer.body) == (200, b"[]")
    assert answer.headers["content-type"] == "application/json"
    assert "server" not in answer.headers
    (row,) = sink.points.values()
    assert row == (
        1, FIX_S * 1000, 43.5461, -96.7313, 12, None, pytest.approx(10.0), 181, 0, "owntracks",
        NOW_MS,
    )  # fmt: skip
    assert sink.deliveries[0].reading.battery == 78
    assert "Wi-Fi" not in repr(sink.deliveries)


def test_overland_batch_is_stored_and_answered_with_counts(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    first = endpoint.post("/overland", batch(100), {"Authorization": f"Bearer {TOKEN}"})
    again = endpoint.post("/overland", batch(100), {"Authorization": f"Bearer {TOKEN}"})

    assert json.loads(first.body) == {"result": "ok", "saved": 100, "duplicates": 0, "ignored": 0}
    assert json.loads(again.body)["duplicates"] == 100
    assert len(sink.points) == 100
    assert sink.deliveries[0].reading.battery == 78
    assert "Wi-Fi" not in repr(sink.deliveries)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/ot/{TOKEN}", {}),
        (f"/ot/{TOKEN}/", {}),
        ("/ot", {"Authorization": f"Bearer {TOKEN}"}),
        ("/pub", {"Authorization": "Basic " + base64.b64encode(f"u:{TOKEN}".encode()).decode()}),
        ("/ot", {"Authorization": f"Basic {TOKEN}:"}),
        (f"/api/v1/owntracks/points?api_key={TOKEN}", {}),
        (f"/ot?token={TOKEN}", {}),
        ("/mistyped/path", {"Authorization": f"Bearer {TOKEN}"}),
        (f"/ot/{TOKEN}", {"Host": "router.example"}),
    ],
)
def test_the_token_is_read_wherever_apps_put_it(
    endpoint: Endpoint, sink: MemorySink, path: str, headers: dict[str, str]
) -> None:
    answer = endpoint.post(path, location(), headers)

    assert (answer.status, answer.body) == (200, b"[]")
    assert len(sink.points) == 1


def test_a_body_at_the_wrong_address_is_read_by_its_shape(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    as_owntracks = endpoint.post(f"/overland/{TOKEN}", location())
    as_overland = endpoint.post(f"/ot/{TOKEN}", batch(2))

    assert as_owntracks.body == b"[]"
    assert json.loads(as_overland.body)["result"] == "ok"
    assert len(sink.points) == 2  # the first of the batch has the second of the single point


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("location_deserialize_extended.json", 1),
        ("location_multiple_messages.json", 2),
        ("valid_location_message_with_topic.json", 1),
        ("transition_message.json", 0),
        ("configuration_message.json", 0),
    ],
)
def test_messages_of_the_real_app_are_all_accepted(
    endpoint: Endpoint, sink: MemorySink, name: str, points: int
) -> None:
    answer = endpoint.post(f"/ot/{TOKEN}", (FIXTURES / name).read_bytes())

    assert (answer.status, answer.body) == (200, b"[]")
    assert len(sink.points) == points


def test_encrypted_and_broken_bodies_are_kept_for_the_owner_and_accepted(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    secret = (FIXTURES / "encrypted_vector_key_123.json").read_bytes()
    bodies = [
        secret,
        b'{"_type":"location","tst":',
        b"\x00\xff\xfe",
        b"7",
        b"[" * 1000 + b"]" * 1000,
    ]
    answers = [endpoint.post(f"/ot/{TOKEN}", body) for body in bodies]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"[]")] * 5
    assert [delivery.reading.unreadable for delivery in sink.deliveries] == [
        tracks.ENCRYPTED, tracks.NOT_JSON, tracks.NOT_JSON, tracks.NOT_JSON, tracks.TOO_DEEP,
    ]  # fmt: skip
    assert [delivery.body for delivery in sink.deliveries] == bodies


def test_an_empty_body_is_a_heartbeat(endpoint: Endpoint, sink: MemorySink) -> None:
    assert endpoint.post(f"/ot/{TOKEN}", b"").body == b"[]"
    assert json.loads(endpoint.post(f"/overland/{TOKEN}", b"").body)["result"] == "ok"
    assert not sink.points
    assert not any(delivery.body for delivery in sink.deliveries)


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"lat": 999}, tracks.INVALID),
        ({"lat": 0.0, "lon": 0.0}, tracks.INVALID),
        ({"lat": 1e308}, tracks.INVALID),
        ({"lat": "43.5"}, 0),
        ({"tst": 32_500_000_000}, tracks.FUTURE),
        ({"tst": FIX_S * 1000}, 0),
        ({"tst": FIX_S + 0.75}, 0),
        ({"tst": FIX_S - 978_307_200}, 0),  # counted from 2001
        ({"tst": 1_500_000_000}, tracks.OLD),
        ({"acc": 1600}, tracks.COARSE),
        ({"acc": -1}, 0),
        ({"tid": "\ud800"}, 0),
        ({"tst": 10**30}, None),
        ({"tst": "soon"}, None),
        ({"lat": None}, None),
        ({"lat": float("nan")}, None),
        ({"lat": True}, None),
    ],
)
def test_doubtful_points_are_marked_and_kept_and_impossible_ones_ignored(
    endpoint: Endpoint, sink: MemorySink, changes: dict[str, object], flags: int | None
) -> None:
    answer = endpoint.post(f"/ot/{TOKEN}", location(**changes))

    assert answer.status == 200
    assert [row[8] for row in sink.points.values()] == ([] if flags is None else [flags])


def test_one_odd_value_does_not_cost_the_batch(endpoint: Endpoint, sink: MemorySink) -> None:
    body = batch(3).replace(b'"altitude": 430', b'"altitude": NaN', 1)
    body = body.replace(b'"speed": 12', b'"speed": ' + b"9" * 1_000, 1)
    answer = endpoint.post(f"/overland/{TOKEN}", b"\xef\xbb\xbf" + body)

    assert json.loads(answer.body)["saved"] == 3


def test_events_between_overland_points_are_ignored(endpoint: Endpoint, sink: MemorySink) -> None:
    data = json.loads(batch(2))
    data["locations"] += [
        {"type": "Feature", "geometry": None, "properties": {"action": "will_terminate"}},
        {"type": "Feature", "properties": {"type": "trip", "timestamp": "2026-07-14T15:00:00Z"}},
        "nonsense",
        None,
    ]
    data["trip"] = {"mode": "car"}
    answer = endpoint.post(f"/overland/{TOKEN}", json.dumps(data).encode())

    assert json.loads(answer.body) == {"result": "ok", "saved": 2, "duplicates": 0, "ignored": 4}


def test_percent_and_offsets_of_other_senders_are_understood(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S-0500", time.gmtime(FIX_S - 5 * 3600))
    endpoint.post(f"/overland/{TOKEN}", batch(1, battery_level=64, timestamp=stamp, speed=-1))

    (row,) = sink.points.values()
    assert row[1] == FIX_S * 1000
    assert row[6] is None
    assert sink.deliveries[0].reading.battery == 64


def test_unknown_tokens_are_refused_the_same_way_and_nothing_is_stored(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    answers = [
        endpoint.post("/ot", location()),
        endpoint.post(f"/ot/{TOKEN[:-1]}", location()),
        endpoint.post("/overland?api_key=wrong", batch(100)),
    ]

    assert [answer.status for answer in answers] == [401] * 3
    assert {answer.headers["www-authenticate"] for answer in answers} == {'Basic realm="office"'}
    assert not sink.deliveries


def test_guessing_is_cut_off_but_a_known_phone_at_the_same_address_is_not(
    serve, sink: MemorySink
) -> None:
    endpoint = serve(wrong_tokens_a_minute=3)
    assert [endpoint.post("/ot/guess", b"").status for _ in range(3)] == [401] * 3
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        endpoint.post("/ot/guess", b"")

    assert endpoint.post(f"/ot/{TOKEN}", location()).status == 200


def test_while_the_data_is_replaced_an_unknown_token_is_asked_to_come_again(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    sink.ready = False
    answer = endpoint.post("/ot/unknown", location())

    assert (answer.status, answer.headers["retry-after"]) == (503, "60")


def test_passing_trouble_is_a_503_with_a_time(endpoint: Endpoint, sink: MemorySink) -> None:
    sink.trouble = AppError("data.disk_full", retryable=True)
    answer = endpoint.post(f"/ot/{TOKEN}", location())
    assert (answer.status, answer.headers["retry-after"]) == (503, "60")

    sink.trouble = None
    assert endpoint.post(f"/ot/{TOKEN}", location()).status == 200


def test_the_answer_waits_for_the_commit_but_not_for_ever(serve, sink: MemorySink) -> None:
    endpoint = serve(commit_seconds=0.3)
    sink.gate.clear()
    started = time.monotonic()
    answer = endpoint.post(f"/ot/{TOKEN}", location())

    assert answer.status == 503
    assert 0.25 < time.monotonic() - started < 3
    sink.gate.set()


def test_a_burst_shares_its_commits(endpoint: Endpoint, sink: MemorySink) -> None:
    sink.gate.clear()
    statuses: list[int] = []

    def send(index: int) -> None:
        statuses.append(endpoint.post(f"/ot/{TOKEN}", location(tst=FIX_S - index)).status)

    threads = [threading.Thread(target=send, args=(index,)) for index in range(10)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    sink.gate.set()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 10
    assert len(sink.points) == 10
    assert sink.groups == [1, 9]


def test_too_many_requests_at_once_of_one_phone_are_asked_to_come_again(
    serve, sink: MemorySink
) -> None:
    endpoint = serve(per_phone=2)
    sink.gate.clear()
    statuses: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: statuses.append(endpoint.post(f"/ot/{TOKEN}", location()).status)
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    crowded = endpoint.post(f"/ot/{TOKEN}", location())
    sink.gate.set()
    for thread in threads:
        thread.join()

    assert (crowded.status, crowded.headers["retry-after"]) == (503, "60")
    assert statuses == [200, 200]


def test_a_body_beyond_the_limit_is_not_read(endpoint: Endpoint, sink: MemorySink) -> None:
    head = f"POST /ot/{TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 10737418240\r\n\r\n"
    assert endpoint.raw(head.encode() + b"x" * 1000).startswith(b"HTTP/1.1 413 ")

    nine = endpoint.post(f"/overland/{TOKEN}", b"[" + b" " * (9 * 1024 * 1024))
    assert nine.status == 413
    assert not sink.deliveries


def test_an_endless_body_in_pieces_is_stopped_at_the_limit(serve, sink: MemorySink) -> None:
    endpoint = serve(body=100_000)
    sent = 0
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=5) as peer:
        head = f"POST /ot/{TOKEN} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        peer.sendall(head.encode())
        try:
            while sent < 50_000_000:
                peer.sendall(b"8000\r\n" + b" " * 0x8000 + b"\r\n")
                sent += 0x8000
        except OSError:
            pass
        answer = peer.recv(100)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert sent < 12_000_000  # what the system's buffers take
    assert not sink.deliveries


def test_more_points_than_a_request_may_hold_are_refused(serve, sink: MemorySink) -> None:
    endpoint = serve(points=10)
    assert endpoint.post(f"/overland/{TOKEN}", batch(11)).status == 413
    assert endpoint.post(f"/overland/{TOKEN}", batch(10)).status == 200


def test_headers_and_bodies_that_never_end_are_cut_off(serve) -> None:
    endpoint = serve(header_seconds=0.3, body_seconds=0.3, header_block=32 * 1024)
    slow_header = endpoint.raw(b"POST /ot HTTP/1.1\r\nHost: x\r\nX-")
    slow_body = endpoint.raw(
        f"POST /ot/{TOKEN} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123".encode()
    )
    huge_header = endpoint.raw(b"POST /ot HTTP/1.1\r\nX: " + b"a" * 40_000)
    garbage = endpoint.raw(b"\x16\x03\x01 this is not http\r\n\r\n")

    assert slow_header == slow_body == huge_header == garbage == b""


def test_peers_outside_the_office_get_no_answer(serve) -> None:
    endpoint = serve(networks=())
    assert endpoint.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == b""


def test_pages_on_the_web_cannot_use_the_endpoint(endpoint: Endpoint, sink: MemorySink) -> None:
    origin = {"Origin": "https://x.example"}
    answers = [
        endpoint.post(f"/ot/{TOKEN}", location(), origin),
        endpoint.post("/ot", location(), {"Host": "evil.example"}),
        endpoint.post("/healthz", b"", {"Host": "evil.example"}, method="GET"),
        endpoint.post(f"/ot/{TOKEN}", b"", origin, method="OPTIONS"),
    ]

    assert [answer.status for answer in answers] == [403] * 4
    assert not any(name.lower().startswith("access-control") for a in answers for name in a.headers)
    assert not sink.deliveries


def test_other_paths_and_methods(endpoint: Endpoint) -> None:
    health = endpoint.post("/healthz", b"", method="GET")
    assert (health.status, health.body) == (200, b"ok")
    assert endpoint.post("/nothing", b"").status == 404
    wrong = endpoint.post(f"/ot/{TOKEN}", b"", method="GET")
    assert (wrong.status, wrong.headers["allow"]) == (405, "POST")
    assert endpoint.post("/healthz", b"x").status == 405


def test_a_pairing_code_works_once_and_shows_the_settings(endpoint: Endpoint) -> None:
    code = endpoint.server.offer(1, "overland", "Jane <b>", "Clearview", TOKEN, "http://10.0.0.5:1")
    looked = endpoint.post(f"/p/{code}", b"", method="HEAD")
    page = endpoint.post(f"/p/{code}", b"", method="GET")
    again = endpoint.post(f"/p/{code}", b"", method="GET")

    assert (looked.status, page.status, again.status) == (200, 200, 404)
    assert f"token={TOKEN}".encode() in page.body
    assert b"Jane &lt;b&gt;" in page.body
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert TOKEN.encode() not in again.body


def test_guessing_codes_closes_every_offer(endpoint: Endpoint) -> None:
    code = endpoint.server.offer(1, "owntracks", "Jane", "Clearview", TOKEN, "http://10.0.0.5:1")
    for _ in range(10):
        endpoint.post("/p/wrong", b"", method="GET")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        endpoint.post(f"/p/{code}", b"", method="GET")


def test_a_taken_port_is_said_and_not_replaced(endpoint: Endpoint, serve) -> None:
    other = type(endpoint.server)(MemorySink(), endpoint.server._clock)
    with pytest.raises(AppError) as caught:
        other.start("127.0.0.1", endpoint.port)
    assert caught.value.code == "phones.port_taken"
    assert str(endpoint.port) in str(caught.value)


def test_it_stops_quickly_and_starts_again_on_the_same_port(endpoint: Endpoint) -> None:
    with socket.create_connection(("127.0.0.1", endpoint.port)) as idle:
        idle.sendall(b"POST /ot HTTP/1.1\r\n")
        started = time.monotonic()
        endpoint.server.stop()
        assert time.monotonic() - started < 2
    assert endpoint.server.listening() is None
    assert endpoint.server.start("127.0.0.1", endpoint.port)[1] == endpoint.port
    assert endpoint.post("/healthz", b"", method="GET").status == 200


def test_nothing_secret_is_logged(
    endpoint: Endpoint, sink: MemorySink, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    endpoint.post(f"/ot/{TOKEN}", location())
    endpoint.post("/ot/wrong-token", location())
    sink.trouble = AppError("data.disk_full")
    endpoint.post(f"/overland/{TOKEN}", batch(2))

    assert not any(word in caplog.text for word in (TOKEN, "wrong-token", "43.5461", "96.73"))


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(
    endpoint: Endpoint, sink: MemorySink
) -> None:
    body = location()
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=5) as peer:
        head = f"POST /ot/{TOKEN} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        peer.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        assert peer.recv(100).startswith(b"HTTP/1.1 100 ")
        peer.sendall(body)
        assert peer.recv(1000).startswith(b"HTTP/1.1 200 ")
    assert len(sink.points) == 1
