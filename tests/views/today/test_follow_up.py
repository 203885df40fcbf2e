"""Asking again about proposals, from Today."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tcf_desktop.services.proposals import SetFollowUp
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.page import TodayPage
from tests.services.billing_tools import TODAY, customer_named
from tests.services.proposal_tools import offer, sent
from tests.views.window_tools import open_window, settle


def test_one_proposal_is_opened_and_several_are_listed(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    office = view_context.office
    who = customer_named(office)
    first = sent(office, who, offer(250_00))
    office.runner.run(SetFollowUp(first, TODAY))
    window = open_window(view_context, qtbot)
    page = window.current_page()
    assert isinstance(page, TodayPage)

    def rows() -> list[tuple[str, Target]]:
        return [
            (widget.row.title, widget.row.target)
            for widget in page.needs.widgets
            if "answer" in widget.row.title
        ]

    assert rows() == [
        ("1 proposal waits for an answer: ask again", Target("billing", "proposal", first))
    ]
    second = sent(office, who, offer(90_00))
    office.runner.run(SetFollowUp(second, TODAY))
    qtbot.waitUntil(lambda: "2 proposals" in rows()[0][0], timeout=5_000)
    page.ctx.navigate(rows()[0][1])
    settle(view_context, qtbot)
    assert window.current_page().key == "billing"
