"""The Team page over a real office and a real endpoint."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.integrations.phones.server import PhoneServer
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.office import Office
from tcf_desktop.services.phones import PairPhone
from tcf_desktop.services.queries.phones import phone_rows
from tcf_desktop.services.timesheets import AddWorker, ClockIn
from tcf_desktop.services.tracks import TrackSink
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import NoShell, Target, ViewContext
from tcf_desktop.views.team.page import TeamPage
from tcf_desktop.views.team.receiver import PORT_KEY, receiver

HOUR = 3_600_000


def post(url: str, body: dict[str, object]) -> tuple[int, bytes]:
    address = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=10)
    try:
        connection.request("POST", address.path, json.dumps(body))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def fix(now_ms: int, minutes_ago: int, north: float = 0.0) -> dict[str, object]:
    return {"_type": "location", "tst": now_ms // 1000 - minutes_ago * 60, "lat": 43.54 + north,
            "lon": -96.73, "acc": 12}  # fmt: skip


def show(qtbot: QtBot, context: ViewContext) -> TeamPage:
    page = TeamPage(context)
    qtbot.addWidget(page)
    page.resize(1232, 842)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.map.day() is not None)
    return page


@pytest.fixture
def endpoint(office: Office) -> Iterator[PhoneServer]:
    server = PhoneServer(TrackSink(office), office.clock)
    office.ports.phones = server
    yield server
    server.stop()


@pytest.fixture
def marcus(office: Office) -> int:
    return office.runner.run(AddWorker("Marcus Reed"))


def test_positions_appear_on_the_map_as_they_arrive_and_only_inside_a_shift(
    qtbot: QtBot, view_context: ViewContext, endpoint: PhoneServer, marcus: int, clock: FrozenClock
) -> None:
    office, now = view_context.office, clock.now_ms()
    phone = office.runner.run(PairPhone(marcus, "owntracks"))
    office.runner.run(ClockIn(marcus, now - HOUR))
    page = show(qtbot, view_context)
    assert page.map.day().tracks == {}
    _, port = endpoint.start("127.0.0.1", 0)

    for minutes in (90, 45, 30, 5):
        url = f"http://127.0.0.1:{port}/ot/{phone.token}"
        assert post(url, fix(now, minutes, minutes / 1000)) == (200, b"[]")

    qtbot.waitUntil(lambda: len(page.map.day().tracks.get(marcus, ())) == 3, timeout=5000)
    assert page.map.note.isHidden()
    assert page.subtitle() == "1 person on the clock"
    assert "1 people" in page.map.map.accessibleName()
    page.map.strip.set_moment(now - 40 * 60_000)
    assert not page.map.live.isHidden()
    page.map.live.click()
    assert page.map.strip.moment() is None


def test_the_clock_is_set_by_hand_and_taken_back(
    qtbot: QtBot, view_context: ViewContext, marcus: int, clock: FrozenClock
) -> None:
    page = show(qtbot, view_context)
    page.map.visits.clock.click()
    qtbot.waitUntil(lambda: page.map.visits.clock.text() == "Clock out", timeout=5000)
    assert page.map.visits.state.text() == "Clocked in 10:42 AM"
    assert view_context.shell.notices == ["Marcus Reed clocked in."]

    page.map.visits.other.click()
    page.map.visits.time.setText("8:00")
    page.map.visits.set_time.click()
    qtbot.waitUntil(lambda: not page.map.visits.hint.isHidden(), timeout=5000)
    assert "10:42 AM" in page.map.visits.hint.text()
    view_context.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: page.map.visits.clock.text() == "Clock in", timeout=5000)


def test_a_forgotten_clock_is_named_and_put_right(
    qtbot: QtBot, view_context: ViewContext, marcus: int, clock: FrozenClock
) -> None:
    view_context.office.runner.run(ClockIn(marcus, clock.now_ms() - 26 * HOUR))
    page = show(qtbot, view_context)
    assert page.subtitle() == "Nobody on the clock"
    page.open_target(Target("team", "shift", 1))
    assert page.map.visits.time.text() == "2026-07-13 17:00"
    page.map.visits.set_time.click()
    qtbot.waitUntil(lambda: page.map.visits.clock.text() == "Clock in", timeout=5000)
    assert page.map.people.problems.count() == 0


def test_a_phone_is_paired_and_its_first_position_seen(
    qtbot: QtBot, view_context: ViewContext, endpoint: PhoneServer, marcus: int, clock: FrozenClock
) -> None:
    view_context.device.set(PORT_KEY, 0)
    page = show(qtbot, view_context)
    page.pair()
    pairing = page.pairing
    qtbot.waitUntil(lambda: pairing.person.count() == 1)
    assert not pairing.show_code.isEnabled()
    receiver(view_context).set_on(True)
    qtbot.waitUntil(pairing.show_code.isEnabled, timeout=10_000)
    pairing.show_code.click()
    qtbot.waitUntil(lambda: pairing.phone() is not None, timeout=5000)
    assert pairing.check.text() == "Waiting for the phone…"
    assert pairing.page_link.edit.text().startswith("http://")
    assert pairing.qr.width() >= 280

    post(pairing.address.edit.text(), fix(clock.now_ms(), 0))
    qtbot.waitUntil(lambda: not pairing.finish.isHidden(), timeout=5000)
    assert pairing.check.text() == "Position received, 12 m accuracy"
    pairing.finish.click()
    assert page.tabs.key() == "phones"
    qtbot.waitUntil(lambda: page.phones.model.rowCount() == 1, timeout=5000)
    receiver(view_context).set_on(False)
    qtbot.waitUntil(lambda: not receiver(view_context).busy, timeout=10_000)


def test_unpairing_can_be_undone(qtbot: QtBot, view_context: ViewContext, marcus: int) -> None:
    office = view_context.office
    office.runner.run(PairPhone(marcus, "overland"))
    page = show(qtbot, view_context)
    page.show_tab("phones")
    qtbot.waitUntil(lambda: page.phones.model.rowCount() == 1, timeout=5000)
    page.phones.table.select_row(0)
    page.phones.unpair_button.click()
    qtbot.waitUntil(lambda: page.phones.model.rowCount() == 0, timeout=5000)
    assert not page.phones.empty.isHidden()
    office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: page.phones.model.rowCount() == 1, timeout=5000)
    assert office.read(phone_rows)[0].name == "Marcus’s phone"


def test_a_taken_port_is_said_where_the_switch_is(
    qtbot: QtBot, view_context: ViewContext, endpoint: PhoneServer
) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        view_context.device.set(PORT_KEY, other.getsockname()[1])
        page = show(qtbot, view_context)
        page.show_tab("phones")
        page.phones.switch_card.switch.click()
        qtbot.waitUntil(lambda: receiver(view_context).error is not None, timeout=10_000)
        assert "already uses port" in page.phones.switch_card.state.text()
        assert not receiver(view_context).is_on


def test_an_empty_business_says_what_to_do(qtbot: QtBot, view_context: ViewContext) -> None:
    page = show(qtbot, view_context)
    assert page.map.stack.currentWidget() is page.map.empty
    page.add_person()
    page.person.save.click()
    qtbot.waitUntil(lambda: page.person.name_field.hint.text() != "", timeout=5000)
    page.person.name.setText("<b>Jo</b> & Söhne 🚐")
    page.person.save.click()
    qtbot.waitUntil(lambda: page.map.stack.currentWidget() is page.map.splitter, timeout=5000)
    qtbot.waitUntil(lambda: page.map.visits.name.text() == "<b>Jo</b> & Söhne 🚐", timeout=5000)


def test_everything_has_a_name_and_a_place_in_a_narrow_window(
    qtbot: QtBot, view_context: ViewContext, marcus: int
) -> None:
    page = show(qtbot, view_context)
    assert unnamed_controls(page) == []
    page.resize(904, 560)
    qtbot.waitUntil(lambda: not page.map.visits.isVisible())
    assert page.toggle_side_panel()
    assert page.map.visits.isVisible()
    assert not page.map.middle.isVisible()
    page.map.visits.back.click()
    assert page.map.middle.isVisible()
    assert isinstance(view_context.shell, NoShell)


def test_the_map_pans_and_zooms_around_the_pointer(
    qtbot: QtBot, sample_context: ViewContext
) -> None:
    page = show(qtbot, sample_context)
    view = page.map.map
    before = view.projection()
    here = QPoint(100, 80)
    place = before.pixels(43.55, -96.70, view.width(), view.height())
    view.zoom(2, here.toPointF())
    after = view.projection()
    assert after.scale == pytest.approx(before.scale / 2)
    moved = after.pixels(43.55, -96.70, view.width(), view.height())
    middle = (view.width() - 1) // 2, (view.height() - 1) // 2
    for old, new, held, half in zip(place, moved, (here.x(), here.y()), middle, strict=True):
        assert new - held == pytest.approx(2 * (old - held), abs=2 + 0 * half)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.projection().scale == pytest.approx(before.scale)
    for mode in ("dark", "light"):
        theme().set_mode(mode)
        assert not view.grab().isNull()
    theme().set_mode("follow")


def test_the_sample_day_tells_who_was_where(qtbot: QtBot, sample_context: ViewContext) -> None:
    page = show(qtbot, sample_context)
    day = page.map.day()
    assert day.tracks
    assert any(fact.stay is not None for fact in day.visits)
    page.map.people.earlier.click()
    qtbot.waitUntil(lambda: page.map.day().on < day.on, timeout=5000)
    assert page.subtitle() == "Jul 13, 2026"
    page.map.people.now.click()
    qtbot.waitUntil(lambda: page.map.day().on == day.on, timeout=5000)
