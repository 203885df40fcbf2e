"""The invoice editor: discounts, checks, giving out, crediting, voiding, and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.itemmodels.invoice_lines import DISCOUNT, EACH, SERVICE
from tcf_desktop.services.closing import CLOSED_UNTIL_KEY
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.invoices import DraftInvoice, IssueInvoice, SaveInvoiceDraft
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.views.billing.editor import InvoiceEditor
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.billing.service_editor import ServiceEditor
from tcf_desktop.views.context import NoticeAction, Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

ELLEN = ContactDraft(
    first_name="Ellen",
    last_name="Moe",
    emails=(Email("ellen@example.org"),),
    places=(Place(street="900 N Phillips Ave", city="Sioux Falls"),),
)
LINE = InvoiceLineDraft("Windows", "", 2_000, 5_000 * E4)


class Desk:
    """The editor with a draft of one customer, and the office behind it."""

    def __init__(self, window: MainWindow, ctx: ViewContext, qtbot: QtBot) -> None:
        self.window, self.ctx, self.qtbot = window, ctx, qtbot
        self.said: list[str] = []
        page = window.current_page()
        assert isinstance(page, BillingPage)
        self.page = page

    @property
    def editor(self) -> InvoiceEditor:
        return self.page.editor

    @property
    def office(self) -> Office:
        return self.ctx.office

    def open(self, invoice_id: int) -> None:
        self.window.navigate(Target("billing", "invoice", invoice_id))
        self.settle()

    def settle(self) -> None:
        settle(self.ctx, self.qtbot)
        self.qtbot.waitUntil(lambda: not self.editor._timer.isActive(), timeout=5_000)
        settle(self.ctx, self.qtbot)

    def detail(self, invoice_id: int | None = None) -> InvoiceDetail:
        wanted = invoice_id or self.editor.invoice_id or -1
        found = self.office.read(lambda r: invoice_detail(r, wanted))
        assert found is not None
        return found

    def draft(self, contact: ContactDraft = ELLEN, *lines: InvoiceLineDraft) -> int:
        run = self.office.runner.run
        invoice = run(DraftInvoice(run(SaveContact(contact))))
        detail = self.detail(invoice)
        run(
            SaveInvoiceDraft(
                invoice,
                InvoiceDraft(
                    detail.location_id, detail.bill_to, detail.service_place, "", "", 30,
                    detail.tax_id, "", lines or (LINE,),
                ),
            )
        )  # fmt: skip
        return invoice

    def child(self, name: str) -> QWidget:
        found = self.editor.findChild(QWidget, name)
        assert found is not None, name
        return found

    def notices(self) -> str:
        return " | ".join(self.said)


class Recorder:
    """The window as pages see it, with what it was asked to say."""

    def __init__(self, window: MainWindow, said: list[str]) -> None:
        self.window, self.said = window, said

    def navigate(self, target: Target) -> None:
        self.window.navigate(target)

    def notify(self, text: str, *, undo: bool, actions: list[NoticeAction]) -> None:
        self.said.append(text)

    def show_error(self, error: AppError, context: str) -> None:
        self.said.append(str(error))


@pytest.fixture
def desk(view_context: ViewContext, qtbot: QtBot) -> Desk:
    window = open_window(view_context, qtbot, "billing")
    made = Desk(window, view_context, qtbot)
    view_context.shell = Recorder(window, made.said)
    return made


# lines and totals


def test_discounts_of_a_line_and_of_all_are_stored_and_on_the_page(desk: Desk) -> None:
    desk.open(desk.draft())
    form = desk.editor.form
    assert form.table.isColumnHidden(DISCOUNT)
    form.table.show_discounts(True)
    assert form.lines.setData(form.lines.index(0, DISCOUNT), "10%")
    form.below.add_discount.click()
    desk.qtbot.keyClicks(form.below.discount, "15")
    desk.settle()
    stored = desk.detail()
    assert (stored.subtotal_cents, stored.discount_cents) == (9_000, 1_500)
    assert stored.lines[0].discount_ppm == 100_000
    shown = dict(form.totals.shown())
    assert (shown["Subtotal"], shown["Discount"]) == ("$90.00", "−$15.00")
    desk.qtbot.waitUntil(
        lambda: form.totals.due in desk.editor.preview.paper.plain_text(0), timeout=10_000
    )


def test_a_discount_that_cannot_be_is_refused_with_words(desk: Desk) -> None:
    desk.open(desk.draft())
    form = desk.editor.form
    form.below.show_discount()
    desk.qtbot.keyClicks(form.below.discount, "120%")
    form.below.discount.editingFinished.emit()
    assert "0 to 100 %" in desk.notices()
    assert form.draft().discount_ppm == 0


def test_prices_with_tax_show_the_net(desk: Desk) -> None:
    desk.open(desk.draft())
    form = desk.editor.form
    form.more.inclusive.setChecked(True)
    form.more.tax_note.setText("Certificate SD-77")
    form.more.tax_note.textEdited.emit("Certificate SD-77")
    desk.settle()
    stored = desk.detail()
    assert stored.prices_include_tax
    assert stored.total_cents == 10_000
    assert stored.tax_note == "Certificate SD-77"
    if stored.taxes:
        assert "Net" in dict(form.totals.shown())


def test_a_long_price_is_seen_whole(desk: Desk) -> None:
    line = replace(LINE, unit_price_e4=1_234_567_890_000 // 100)
    desk.open(desk.draft(ELLEN, line))
    table = desk.editor.form.table
    text = str(table.lines_model.index(0, EACH).data())
    room = table.columnWidth(EACH) - 16
    assert table.fontMetrics().horizontalAdvance(text) <= room


def test_rows_of_a_spreadsheet_are_pasted(desk: Desk) -> None:
    desk.open(desk.draft())
    form = desk.editor.form
    QGuiApplication.clipboard().setText("Gutters\t3\t12.50\nScreens\t1\t$9\n")
    form.table.edit_new_row()
    editor = form.table.indexWidget(form.table.currentIndex())
    desk.qtbot.keyClick(
        editor.findChild(QWidget, "invoice.cell.name"),
        Qt.Key.Key_V,
        Qt.KeyboardModifier.ControlModifier,
    )
    assert [(line.name, line.qty_milli) for line in form.lines.lines] == [
        ("Windows", 2_000), ("Gutters", 3_000), ("Screens", 1_000),
    ]  # fmt: skip
    desk.settle()
    assert [line.amount_cents for line in desk.detail().lines] == [10_000, 3_750, 900]


def test_ctrl_enter_goes_to_the_second_line_and_begins_another(desk: Desk) -> None:
    desk.open(desk.draft())
    form = desk.editor.form
    form.table.setCurrentIndex(form.lines.index(0, SERVICE))
    editor = form.table.indexWidget(form.table.currentIndex())
    assert isinstance(editor, ServiceEditor)
    control = Qt.KeyboardModifier.ControlModifier
    desk.qtbot.keyClick(editor.name, Qt.Key.Key_Return, control)
    desk.qtbot.keyClicks(editor.detail, "North side")
    desk.qtbot.keyClick(editor.detail, Qt.Key.Key_Return, control)
    desk.qtbot.keyClicks(editor.detail, "Two panes")
    form.table.commit()
    assert form.lines.lines[0].description == "North side\nTwo panes"
    assert desk.editor.is_draft()


# checks


def test_an_empty_invoice_and_a_closed_period_cannot_be_issued(desk: Desk) -> None:
    desk.open(desk.draft())
    desk.editor.form.lines.remove(0)
    assert not desk.editor.foot.issue.isEnabled()
    assert "no lines" in desk.editor.foot.blocked
    desk.office.runner.run(SetSetting(CLOSED_UNTIL_KEY, "2026-12-31"))
    desk.settle()
    assert "closed until" in desk.editor.form.head.fields["issued"].hint.text()
    desk.editor._on_issue_requested()  # what Ctrl+Enter does
    desk.settle()
    assert desk.editor.is_draft()
    assert "closed until" in desk.notices()


def test_a_date_before_the_last_number_is_said(desk: Desk) -> None:
    first = desk.draft()
    desk.office.runner.run(IssueInvoice(first))
    desk.open(desk.draft(replace(ELLEN, first_name="Astrid")))
    desk.editor.form.issued.set_iso("2026-01-02")
    assert str(desk.detail(first).number) in desk.editor.form.head.fields["issued"].hint.text()
    assert desk.editor.foot.issue.isEnabled()


def test_unused_credit_is_offered_shown_and_used_at_issue(desk: Desk) -> None:
    invoice = desk.draft()
    contact = desk.detail(invoice).contact_id
    overpaid = RecordPayment(contact, desk.ctx.today(), "cash", amount_cents=4_500)
    desk.office.runner.run(overpaid)
    desk.open(invoice)
    form = desk.editor.form
    before = desk.detail().total_cents
    assert form.credit.button.text() == "Use $45.00"
    form.credit.button.click()
    assert form.totals.shown()[-2][1] == "−$45.00"
    assert form.detail().open_cents == before - 4_500
    desk.editor.foot.only.click()
    desk.qtbot.waitUntil(lambda: not desk.editor.is_draft(), timeout=5_000)
    assert desk.detail().open_cents == before - 4_500


def test_no_address_means_paper(desk: Desk) -> None:
    desk.open(desk.draft(replace(ELLEN, emails=())))
    assert desk.editor.foot.issue.text() == "Issue and print"
    assert "No e-mail address" in desk.editor.form.head.fields["customer"].hint.text()


# giving out


def test_issuing_with_a_mail_keeps_the_page_and_queues_the_mail(desk: Desk) -> None:
    desk.open(desk.draft())
    desk.editor.foot.issue.click()
    desk.qtbot.waitUntil(lambda: not desk.editor.is_draft(), timeout=5_000)
    desk.settle()
    invoice = desk.editor.invoice_id
    kept, waiting = desk.office.read(
        lambda r: (
            r.value("SELECT count(*) FROM archived_documents WHERE invoice_id = ?", (invoice,)),
            r.value("SELECT address FROM messages WHERE invoice_id = ?", (invoice,)),
        )
    )
    assert (kept, waiting) == (1, "ellen@example.org")
    assert "waits under Messages" in desk.notices()
    desk.qtbot.waitUntil(
        lambda: "waits under Messages" in desk.editor.card.sent.text(), timeout=5_000
    )
    number = str(desk.detail().number)
    desk.qtbot.waitUntil(lambda: number in desk.editor.preview.paper.plain_text(0), timeout=10_000)


def test_a_credit_note_takes_back_a_part_and_is_shown(desk: Desk) -> None:
    invoice = desk.draft()
    desk.office.runner.run(IssueInvoice(invoice))
    desk.open(invoice)
    desk.editor.offers.credit()
    desk.settle()
    pane = desk.editor.offers._credit
    assert pane is not None
    whole = dict(pane.totals.shown())["Credit"]
    edit = pane._edits[0]
    edit.selectAll()
    desk.qtbot.keyClicks(edit, "1")
    assert dict(pane.totals.shown())["Credit"] != whole
    edit.selectAll()
    desk.qtbot.keyClicks(edit, "9")
    assert not pane.do.isEnabled()
    assert "left to credit" in pane.why.text()
    edit.selectAll()
    desk.qtbot.keyClicks(edit, "1")
    shown = dict(pane.totals.shown())["Credit"]
    pane.reason.setPlainText("One window was forgotten")
    pane.do.click()
    desk.qtbot.waitUntil(lambda: desk.page.title().startswith("Credit note"), timeout=5_000)
    desk.settle()
    note = desk.detail()
    assert (note.doc_type, note.corrects_id) == ("credit_note", invoice)
    assert desk.ctx.currency() == "USD"
    assert shown == f"${-note.total_cents / 100:,.2f}"
    assert not desk.editor.offers.is_asking()
    assert desk.editor.form.lines.is_read_only


def test_voiding_asks_for_the_reason(desk: Desk) -> None:
    invoice = desk.draft()
    desk.office.runner.run(IssueInvoice(invoice))
    desk.open(invoice)
    desk.editor.offers.void()
    pane = desk.editor.offers._void
    assert pane is not None
    assert not pane.do.isEnabled()
    desk.qtbot.keyClicks(pane.reason, "Wrong customer")
    pane.do.click()
    desk.qtbot.waitUntil(lambda: desk.detail().state == "void", timeout=5_000)
    desk.settle()
    assert "Wrong customer" in desk.editor.card.state.label.text()
    desk.qtbot.waitUntil(lambda: "VOID" in desk.editor.preview.paper.plain_text(0), timeout=10_000)


def test_a_copy_is_a_new_draft(desk: Desk) -> None:
    invoice = desk.draft()
    desk.office.runner.run(IssueInvoice(invoice))
    desk.open(invoice)
    desk.editor.offers.duplicate()
    desk.qtbot.waitUntil(desk.editor.is_draft, timeout=5_000)
    desk.settle()
    assert desk.editor.invoice_id != invoice
    assert desk.detail().total_cents == desk.detail(invoice).total_cents


def test_the_own_note_and_the_hold_stay_editable(desk: Desk) -> None:
    invoice = desk.draft()
    desk.office.runner.run(IssueInvoice(invoice))
    desk.open(invoice)
    card = desk.editor.card
    desk.qtbot.keyClicks(card.note, "Pays in May")
    desk.editor.leave()
    desk.qtbot.waitUntil(lambda: desk.detail().internal_note == "Pays in May", timeout=5_000)
    card.hold.click()
    desk.qtbot.waitUntil(lambda: desk.detail().reminder_hold, timeout=5_000)


# what happens meanwhile


def test_a_customer_deleted_meanwhile_is_said_and_nothing_is_lost(desk: Desk) -> None:
    invoice = desk.draft()
    desk.open(invoice)
    desk.editor.form.po.setText("FP-7")
    desk.editor.form.po.textEdited.emit("FP-7")
    desk.office.runner.run(DeleteContact((desk.detail().contact_id,)))
    desk.settle()
    hint = desk.editor.form.head.fields["customer"].hint
    desk.qtbot.waitUntil(lambda: "was deleted" in hint.text(), timeout=5_000)
    assert desk.detail(invoice).po == "FP-7"


def test_a_draft_issued_in_another_window_is_said(desk: Desk) -> None:
    invoice = desk.draft()
    desk.open(invoice)
    desk.office.runner.run(IssueInvoice(invoice))
    desk.qtbot.waitUntil(lambda: not desk.editor.is_draft(), timeout=5_000)
    desk.settle()
    assert "in another window" in desk.notices()
    assert desk.editor.form.lines.is_read_only
