"""Many documents at once, as the office manager starts, watches and reads it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.itemmodels.batch_list import RESULT
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.billing_plan_drafts import BillingPlanDraft
from tcf_desktop.services.billing_plans import SaveBillingPlan
from tcf_desktop.views.billing.batch_screen import BatchScreen
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.context import Target, ViewContext
from tests.services.billing_tools import draft_of, drafted, line
from tests.services.test_batches import customer, finished
from tests.views.window_tools import open_window, settle


def opened(ctx: ViewContext, qtbot: QtBot, kind: str) -> BatchScreen:
    window = open_window(ctx, qtbot, "billing")
    window.navigate(Target("billing", "batch", value=kind))
    settle(ctx, qtbot)
    return cast("BatchScreen", cast("BillingPage", window.current_page()).screen_of("batch"))


def ran(screen: BatchScreen, qtbot: QtBot) -> None:
    screen.do.click()
    qtbot.waitUntil(lambda: bool(screen.model.outcomes), timeout=20_000)


def test_all_finished_visits_become_invoices_and_each_row_says_its_number(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    office = view_context.office
    for name in ("Ann", "Bea"):
        finished(office, customer(office, name), "2026-07-01")
    screen = opened(view_context, qtbot, "visits")
    assert screen.count.text() == "2 visits become 2 invoices, $100.00 before tax."
    screen.then.select_data("issue")
    ran(screen, qtbot)
    told = [screen.model.index(row, RESULT).data() for row in range(2)]
    numbers = office.read(lambda r: r.all("SELECT number FROM invoices ORDER BY series_n"))
    assert told == [number for (number,) in numbers]
    assert screen.count.text() == "2 done"
    assert not screen.do.isVisible()


def test_what_is_unticked_is_left_alone(view_context: ViewContext, qtbot: QtBot) -> None:
    office = view_context.office
    ann = customer(office, "Ann")
    kept, _other = (drafted(office, ann, draft_of(line(n * 100))) for n in (1, 2))
    screen = opened(view_context, qtbot, "drafts")
    screen.table.select_row(0)
    QTest.keyClick(screen.table, Qt.Key.Key_Space)
    assert screen.model.ticked() == [1]
    ran(screen, qtbot)
    states = dict(office.read(lambda r: r.all("SELECT id, state FROM invoices")))
    assert states[kept] == "draft"
    assert list(states.values()).count("issued") == 1


def test_what_cannot_be_mailed_says_so_before(view_context: ViewContext, qtbot: QtBot) -> None:
    office = view_context.office
    drafted(office, customer(office, "Ann"), draft_of(line(100)))
    screen = opened(view_context, qtbot, "drafts")
    ran(screen, qtbot)
    screen.ctx.navigate(Target("billing", "batch", value="mails"))
    settle(view_context, qtbot)
    assert screen.model.index(0, RESULT).data() == "no e-mail address"
    assert not screen.do.isEnabled()


def test_a_repeating_invoice_without_visits_can_only_be_left_out(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    office = view_context.office
    plan = BillingPlanDraft("Mowing", "FREQ=MONTHLY", "2026-07-01", basis="visits")
    office.runner.run(SaveBillingPlan(customer(office, "Ann"), plan))
    screen = opened(view_context, qtbot, "repeating")
    assert screen.model.index(0, RESULT).data() == "no finished visit in this period"
    assert not screen.do.isEnabled()
    screen.then.select_data("skip")
    screen.then.activated.emit(screen.then.currentIndex())
    screen.all.click()
    ran(screen, qtbot)
    assert screen.model.index(0, RESULT).data() == "left out"
    screen.ctx.navigate(Target("billing", "batch", value="repeating"))
    settle(view_context, qtbot)
    assert screen.nothing.text.text() == "No repeating invoice is due."


def test_nothing_to_do_is_said_and_every_control_has_a_name(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    screen = opened(view_context, qtbot, "visits")
    assert screen.nothing.text.text() == "Everything finished is invoiced."
    assert screen.nothing.isVisible()
    assert unnamed_controls(screen) == []
