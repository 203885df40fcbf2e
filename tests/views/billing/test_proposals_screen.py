"""Proposals as the office manager writes, sends and answers them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Email
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.check import check_office
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.proposal_drafts import ProposalOptionDraft
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.billing.proposal_editor import ProposalEditor
from tcf_desktop.views.billing.proposals_tab import ProposalsTab
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.integrations.pdf.pdf_text import page_texts
from tests.services.billing_tools import TODAY, customer_named
from tests.services.proposal_tools import offer, proposal_of, sent, written
from tests.views.window_tools import open_window, settle

GOOD_BETTER = (ProposalOptionDraft("Good"), ProposalOptionDraft("Better"))


@pytest.fixture
def customer(view_context: ViewContext) -> int:
    return customer_named(view_context.office)


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot, customer: int) -> MainWindow:
    return open_window(view_context, qtbot, "billing")


def page_of(window: MainWindow) -> BillingPage:
    return cast("BillingPage", window.current_page())


def opened(window: MainWindow, qtbot: QtBot, proposal_id: int) -> ProposalEditor:
    window.navigate(Target("billing", "proposal", proposal_id))
    settle(window.ctx, qtbot)
    found = cast("ProposalEditor", page_of(window).screen_of("proposal"))
    qtbot.waitUntil(lambda: found.preview.paper.page_count > 0, timeout=10_000)
    return found


def paper_text(screen: ProposalEditor) -> str:
    paper = screen.preview.paper
    return "\n".join(paper.plain_text(page) for page in range(paper.page_count))


def line(price_cents: int, name: str) -> InvoiceLineDraft:
    return InvoiceLineDraft(name, unit_price_e4=price_cents * E4)


def test_a_proposal_is_written_and_saved_by_itself(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    page_of(window).open_target(Target("billing", "new_proposal", customer))
    settle(window.ctx, qtbot)
    screen = cast("ProposalEditor", page_of(window).screen_of("proposal"))
    assert (screen.title(), screen.chip()) == ("New proposal", ("Draft", "warn"))
    QTest.keyClicks(screen.form.title, "Spring windows")
    screen.form.sections.first().lines.add_lines([line(10_000, "Windows")])
    screen.form.deposit.setFocus()
    QTest.keyClicks(screen.form.deposit, "25%")
    with qtbot.waitSignal(screen.saved):
        screen.save()
    settle(window.ctx, qtbot)
    detail = proposal_of(window.ctx.office, 1)
    assert (detail.draft.title, detail.subtotal_cents) == ("Spring windows", 10_000)
    assert detail.deposit_cents == round(detail.total_cents / 4)
    assert screen.form.draft() == detail.draft
    qtbot.waitUntil(lambda: "Spring windows" in paper_text(screen), timeout=10_000)
    assert not unnamed_controls(screen)


def test_alternatives_and_lines_on_request_are_added_and_taken_away(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    screen = opened(window, qtbot, written(office, customer, offer(1_000, "Wash")))
    sections = screen.form.sections
    sections.add_option.click()
    good, better = (one for one in sections.sections if one.option_n)
    good.lines.add_lines([line(500, "Outside")])
    better.lines.add_lines([line(900, "Both sides")])
    sections.add_optional.click()
    sections.sections[-1].lines.add_lines([line(250, "Screens")])
    assert screen.form.totals.shown() == [("Good", "$15.00"), ("Better", "$19.00")]
    screen.save()
    settle(window.ctx, qtbot)
    detail = proposal_of(office, 1)
    assert [each.total_cents for each in detail.options] == [1_500, 1_900]
    assert [ln.is_optional for ln in detail.draft.lines] == [False, False, False, True]
    qtbot.waitUntil(lambda: "2 alternatives" in paper_text(screen), timeout=10_000)
    good.remove.click()  # one alternative is none
    screen.save()
    settle(window.ctx, qtbot)
    detail = proposal_of(office, 1)
    assert detail.draft.options == ()
    assert [ln.name for ln in detail.draft.lines] == ["Wash", "Both sides", "Screens"]
    assert detail.total_cents == 1_900


def test_without_an_address_it_is_marked_as_sent_and_fixed(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    screen = opened(window, qtbot, written(window.ctx.office, customer, offer(1_000)))
    assert screen.main.text() == "Print and mark as sent"
    screen.second.click()
    settle(window.ctx, qtbot)
    detail = proposal_of(window.ctx.office, 1)
    assert (detail.state, detail.sent_how) == ("sent", "hand")
    assert screen.title() == f"Proposal {detail.number}"
    assert not screen.form.fields.isVisible()
    assert screen.main.text() == "Accepted…"


def test_a_mail_is_prepared_for_a_customer_with_an_address(
    window: MainWindow, qtbot: QtBot
) -> None:
    office = window.ctx.office
    reachable = office.runner.run(
        SaveContact(ContactDraft(first_name="Jo", emails=(Email("jo@example.com"),)))
    )
    screen = opened(window, qtbot, written(office, reachable, offer(1_000)))
    screen.main.click()
    settle(window.ctx, qtbot)
    assert proposal_of(office, 1).sent_how == "email"
    assert office.read(lambda r: r.value("SELECT state FROM messages")) == "waiting"


def test_what_cannot_be_sent_stays_a_draft_and_is_told(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    screen = opened(window, qtbot, written(window.ctx.office, customer))
    screen.second.click()
    settle(window.ctx, qtbot)
    assert proposal_of(window.ctx.office, 1).state == "draft"
    assert screen.second.isEnabled()


def test_accepting_books_the_visit_and_bills_the_deposit(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    made = sent(
        office, customer, offer(10_000, option_n=1), offer(20_000, option_n=2),
        offer(2_500, "Screens", is_optional=True), options=GOOD_BETTER, deposit_ppm=500_000,
    )  # fmt: skip
    screen = opened(window, qtbot, made)
    screen.main.click()
    pane = screen.answers.accept_pane
    assert pane is not None
    assert pane.by.text() == "Ellen Moe"
    assert not unnamed_controls(pane)
    pane.option.setCurrentIndex(1)
    ((_at, box),) = pane._boxes
    box.setChecked(True)
    assert "$225.00" in pane.effect.text()
    assert "deposit invoice of $112.50" in pane.effect.text()
    pane.by.setText("")
    assert not pane.do.isEnabled()
    pane.by.setText("Ellen")
    pane.do.click()
    settle(window.ctx, qtbot)
    detail = proposal_of(office, made)
    assert (detail.state, detail.total_cents, len(detail.visits)) == ("accepted", 22_500, 1)
    assert [(each.doc_type, each.total_cents) for each in detail.papers] == [("deposit", 11_250)]
    assert screen.chip() == ("Accepted", "ok")
    assert not screen.panes.is_asking()
    assert check_office(office).ok


def test_an_accepted_proposal_without_a_visit_is_invoiced(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    screen = opened(window, qtbot, sent(office, customer, offer(10_000)))
    screen.main.click()
    assert screen.answers.accept_pane is not None
    screen.answers.accept_pane.visit.setChecked(False)
    screen.answers.accept_pane.do.click()
    settle(window.ctx, qtbot)
    assert screen.main.text() == "Make the invoice"
    screen.main.click()
    settle(window.ctx, qtbot)
    page = page_of(window)
    assert page.over is page.editor
    assert page.editor.content is not None
    assert page.editor.content.detail.total_cents == 10_000


def test_declining_asks_why_and_can_be_undone(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    screen = opened(window, qtbot, sent(office, customer, offer(10_000)))
    screen.second.click()
    assert screen.answers.decline_pane is not None
    screen.answers.decline_pane.reason.setCurrentText("Too expensive")
    screen.answers.decline_pane.do.click()
    settle(window.ctx, qtbot)
    detail = proposal_of(office, 1)
    assert (detail.state, detail.decline_reason) == ("declined", "Too expensive")
    office.runner.run(UndoLast())
    settle(window.ctx, qtbot)
    assert screen.chip() == ("Sent", "info")


def test_a_new_version_is_written_from_the_one_that_was_sent(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    screen = opened(window, qtbot, sent(office, customer, offer(10_000)))
    screen.actions_.revise(1)
    settle(window.ctx, qtbot)
    assert screen.title().endswith("/ 2")
    assert screen.chip() == ("Draft", "warn")
    screen.discard()
    settle(window.ctx, qtbot)
    assert page_of(window).over is None
    assert proposal_of(office, 1).state == "sent"


def test_the_day_to_ask_again_is_set_and_taken_away(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    screen = opened(window, qtbot, sent(office, customer, offer(1_000)))
    screen.card.followUp.emit("2026-07-30")
    settle(window.ctx, qtbot)
    assert screen.card.follow_up.iso() == "2026-07-30"
    screen.card.followUp.emit("")
    settle(window.ctx, qtbot)
    assert proposal_of(office, 1).draft.follow_up_on == ""


def test_the_pdf_is_saved(window: MainWindow, qtbot: QtBot, customer: int, tmp_path: Path) -> None:
    screen = opened(window, qtbot, sent(window.ctx.office, customer, offer(1_000)))
    screen.actions_.save_pdf(1, tmp_path / "offer.pdf")
    settle(window.ctx, qtbot)
    assert "Ellen Moe" in page_texts((tmp_path / "offer.pdf").read_bytes())[0]


def test_the_list_filters_searches_and_opens(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    sent(office, customer, offer(100), title="Gutters", follow_up_on=TODAY)
    written(office, customer, offer(200))
    window.navigate(Target("billing", "proposals"))
    settle(window.ctx, qtbot)
    tab = cast("ProposalsTab", page_of(window).tab_of("proposals"))
    assert (tab.model.rowCount(), tab.count.text()) == (2, "2 proposals")
    tab.show_value("follow_up")
    settle(window.ctx, qtbot)
    assert list(tab.model.ids) == [1]
    tab.show_all()
    tab.search.setText("gutt")
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1, timeout=5_000)
    tab.table.activatedRow.emit(0)
    settle(window.ctx, qtbot)
    over = page_of(window).over
    assert isinstance(over, ProposalEditor)
    assert not unnamed_controls(tab)


def test_a_new_proposal_asks_for_whom_it_is(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    window.navigate(Target("billing", "proposals"))
    settle(window.ctx, qtbot)
    assert page_of(window).new_here()
    over = page_of(window).over
    assert over is not None
    assert over.title() == "New proposal"
