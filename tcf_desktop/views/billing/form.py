"""The form of the invoice editor: who, where, when, the lines, the message and the totals."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.documents import distinct_dates, due_date
from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.domain.invoice_print import InvoiceFacts, LineFacts
from tcf_desktop.domain.tax import RoundingPolicy, TaxPart
from tcf_desktop.itemmodels.invoice_lines import InvoiceLinesModel
from tcf_desktop.itemmodels.price_list import PriceListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.queries.billing_choices import PlaceChoice
from tcf_desktop.services.queries.document_notes import DocumentNotes
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.services.queries.invoice_paper import invoice_facts
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.billing.exempt_notice import ExemptNotice
from tcf_desktop.views.billing.lines_table import LinesTable
from tcf_desktop.views.billing.totals import TotalsBlock
from tcf_desktop.views.common import (
    ComboBox,
    DateEdit,
    FormField,
    LineEdit,
    Notice,
    ScrollPane,
    TextArea,
)

_TERMS = (0, 7, 10, 14, 15, 30, 45, 60)


class InvoiceForm(ScrollPane):
    """``edited`` after every change; ``refused`` with why a figure was not taken."""

    edited = Signal()
    refused = Signal(object)
    visitsRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setObjectName("invoice.form")
        self._content: EditorContent | None = None
        self._today = ""
        self._filling = False
        self.lines = InvoiceLinesModel()
        self.prices = PriceListModel()
        self._build()
        self.lines.edited.connect(self._on_edited)
        self.lines.refused.connect(self.refused)

    # building

    def _build(self) -> None:
        self.notice = Notice("", "info", "link")
        self.notice.setObjectName("invoice.notice")
        self.notice.label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.notice.actionRequested.connect(self.visitsRequested)
        self.layout_.setSpacing(12)
        self.layout_.addWidget(self.notice)
        self.exemption = ExemptNotice()
        self.exemption.actionRequested.connect(self._on_exemption_action_requested)
        self.layout_.addWidget(self.exemption)
        self.layout_.addLayout(self._build_fields())
        self.table = LinesTable(self.lines, self.prices)
        self.table.leftDown.connect(self._on_table_left_down)
        self.layout_.addWidget(self.table)
        self.layout_.addSpacing(4)
        self.message = TextArea(lines=3, object_name="invoice.message")
        self.message.textChanged.connect(self._on_edited)
        self.totals = TotalsBlock()
        left = QVBoxLayout()
        left.addWidget(FormField(self.tr("Message on the invoice"), self.message))
        left.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(24)
        foot.addLayout(left, 10)
        foot.addWidget(self.totals, 11, Qt.AlignmentFlag.AlignTop)
        self.layout_.addLayout(foot)
        self.layout_.addStretch(1)

    def _build_fields(self) -> QGridLayout:
        self.customer = LineEdit(icon="user", object_name="invoice.customer")
        self.customer.setReadOnly(True)
        self.place = ComboBox(object_name="invoice.place")
        self.bill_to = TextArea(lines=4, object_name="invoice.billTo")
        self.po = LineEdit(object_name="invoice.po")
        self.tax = ComboBox(object_name="invoice.tax")
        self.issued = DateEdit(object_name="invoice.issued")
        self.terms = ComboBox(object_name="invoice.terms")
        self.due = DateEdit(object_name="invoice.due")
        for combo in (self.place, self.tax, self.terms):
            combo.setSizeAdjustPolicy(combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(FormField(self.tr("Customer"), self.customer), 0, 0, 1, 3)
        grid.addWidget(FormField(self.tr("Service location"), self.place), 0, 3, 1, 3)
        grid.addWidget(FormField(self.tr("Bill to"), self.bill_to), 1, 0, 2, 3, top)
        grid.addWidget(FormField(self.tr("Customer PO"), self.po), 1, 3, 1, 3, top)
        self._tax_field = FormField(self.tr("Tax"), self.tax)
        grid.addWidget(self._tax_field, 2, 3, 1, 3, top)
        grid.addWidget(FormField(self.tr("Invoice date"), self.issued), 3, 0, 1, 2)
        grid.addWidget(FormField(self.tr("Terms"), self.terms), 3, 2, 1, 2)
        grid.addWidget(FormField(self.tr("Due"), self.due), 3, 4, 1, 2)
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.bill_to.textChanged.connect(self._on_edited)
        self.po.textEdited.connect(self._on_edited)
        self.tax.currentIndexChanged.connect(self._on_tax_changed)
        self.issued.dateChanged.connect(self._on_dates_changed)
        self.terms.currentIndexChanged.connect(self._on_dates_changed)
        self.due.dateChanged.connect(self._on_due_changed)
        return grid

    # showing

    def show_content(self, content: EditorContent, today: str) -> None:
        """Fill the form. An issued invoice is shown as stored and cannot be changed."""
        self._content, self._today, self._filling = content, today, True
        detail = content.detail
        draft = detail.is_draft
        self.customer.setText(detail.customer)
        self.customer.setCursorPosition(0)
        self._fill_places(content)
        self._fill_taxes(content)
        self.bill_to.setText(detail.bill_to)
        self.po.setText(detail.po)
        self.message.setText(detail.message)
        self._fill_terms(detail.terms_days)
        issued_on = detail.issued_on or today
        self.issued.set_iso(issued_on)
        self.due.set_iso(detail.due_on or due_date(issued_on, detail.terms_days))
        self.prices.set_prices(content.prices, detail.currency)
        self.lines.set_quantities(content.defaults.quantities_at(detail.location_id))
        self.lines.set_content(
            [
                InvoiceLineDraft(
                    line.name,
                    line.description,
                    line.qty_milli,
                    line.unit_price_e4,
                    line.taxable,
                    line.service_id,
                    line.appointment_id,
                )
                for line in detail.lines
            ],
            self.parts() if draft else [TaxPart(tax.name, tax.rate_ppm) for tax in detail.taxes],
            detail.currency,
            policy=RoundingPolicy.of(detail.rounding),
            stored_amounts=None if draft else [line.amount_cents for line in detail.lines],
        )
        self._show_tax_column()
        self._show_notice()
        self._show_exemption()
        self._lock(not draft)
        self._filling = False
        self._show_totals()

    def _fill_places(self, content: EditorContent) -> None:
        self.place.clear()
        for choice in content.places:
            self.place.addItem(choice.label, choice.id)
        self.place.addItem(self.tr("No place"), None)
        known = {choice.id for choice in content.places}
        place_id = content.detail.location_id
        wanted = self.place.findData(place_id) if place_id in known else self.place.count() - 1
        self.place.setCurrentIndex(wanted)

    def _fill_taxes(self, content: EditorContent) -> None:
        self.tax.clear()
        self.tax.addItem(self.tr("No tax"), None)
        for choice in content.taxes:
            self.tax.addItem(choice.name, choice.id)
        self.tax.select_data(content.detail.tax_id)
        self._tax_field.setVisible(bool(content.taxes))

    def _fill_terms(self, days: int) -> None:
        self.terms.clear()
        for choice in sorted({*_TERMS, days}):
            words = self.tr("Net {days}").format(days=choice)
            self.terms.addItem(words if choice else self.tr("Due on receipt"), choice)
        self.terms.select_data(days)

    def _show_notice(self) -> None:
        assert self._content is not None
        detail = self._content.detail
        if not detail.is_draft:
            self.notice.set_notice(self._state_line(detail), *_tone(detail, self._today))
            self.notice.show()
            return
        days = [day for _visit, day in detail.visits]
        self.notice.setVisible(bool(days))
        visits = i18n.plural(len(days), self.tr("{n} visit"), self.tr("{n} visits"))
        text = self.tr("From {visits}, {days}.").format(visits=visits, days=distinct_dates(days))
        self.notice.set_notice(text, "info", "link", self.tr("Show"))

    def _show_exemption(self) -> None:
        assert self._content is not None
        known = self._content.defaults.exemption if self._content.detail.is_draft else None
        taxed = self.tax.currentData() is not None
        self.exemption.show_exemption(known, self.issued.iso(), taxed=taxed)

    def _is_exempt(self) -> bool:
        assert self._content is not None
        return is_tax_free(self._content.defaults.exemption, self.issued.iso())

    def _state_line(self, detail: InvoiceDetail) -> str:
        said = self.tr("Issued {day} as {number}.").format(
            day=i18n.full_day(detail.issued_on or ""), number=detail.number
        )
        if detail.state == "void":
            return self.tr("{issued} It was declared void and owes nothing.").format(issued=said)
        if detail.state == "paid":
            return self.tr("{issued} It is paid.").format(issued=said)
        return self.tr("{issued} {open} of {total} is open, due {due}.").format(
            issued=said,
            open=i18n.money(detail.open_cents, detail.currency),
            total=i18n.money(detail.total_cents, detail.currency),
            due=i18n.full_day(detail.due_on or ""),
        )

    def _lock(self, locked: bool) -> None:
        fields = (self.place, self.bill_to, self.po, self.tax, self.issued, self.terms, self.due)
        for widget in (self.customer, *fields, self.message):
            widget.setEnabled(not locked)
        if locked:
            for date in (self.issued, self.due):
                date.lineEdit().deselect()  # what was being typed stays marked otherwise

    def _show_tax_column(self) -> None:
        assert self._content is not None
        self.table.show_tax(bool(self._content.taxes) or bool(self._content.detail.taxes))

    # what stands in the form

    def parts(self) -> tuple[TaxPart, ...]:
        """The parts of the chosen tax."""
        assert self._content is not None
        chosen = self.tax.currentData()
        return next((tax.parts for tax in self._content.taxes if tax.id == chosen), ())

    def draft(self) -> InvoiceDraft:
        """The draft as it stands."""
        assert self._content is not None
        detail = self._content.detail
        planned = self.issued.iso()
        place = self._place()
        kept = self.place.currentData() == detail.location_id
        return InvoiceDraft(
            location_id=self.place.currentData(),
            bill_to=self.bill_to.text(),
            service_place=detail.service_place if kept else (place.snapshot if place else ""),
            po=self.po.text(),
            issued_on="" if planned == self._today else planned,
            terms_days=int(self.terms.currentData()),
            tax_id=self.tax.currentData(),
            message=self.message.text(),
            lines=self.lines.lines,
        )

    def facts(self) -> InvoiceFacts:
        """The page of what stands in the form, with figures by the one function; an issued
        invoice exactly as stored."""
        assert self._content is not None
        detail = self._content.detail
        if not detail.is_draft:
            return invoice_facts(detail, self._today)
        draft, totals = self.draft(), self.lines.totals
        issued_on = draft.issued_on or self._today
        return InvoiceFacts(
            number="",
            state=detail.state,
            bill_to=draft.bill_to,
            service_place=draft.service_place,
            po=draft.po,
            issued_on=issued_on,
            due_on=due_date(issued_on, draft.terms_days),
            terms_days=draft.terms_days,
            currency=detail.currency,
            message=draft.message,
            lines=tuple(
                LineFacts(line.name, line.description, line.qty_milli, line.unit_price_e4, amount)
                for line, amount in zip(draft.lines, totals.amounts, strict=True)
            ),
            taxes=totals.taxes,
            subtotal_cents=totals.subtotal_cents,
            total_cents=totals.total_cents,
            paid_cents=0,
            open_cents=totals.total_cents,
            notes=self._content.notes.at(draft.location_id),
        )

    def take_notes(self, notes: DocumentNotes) -> None:
        """What the page says below the lines changed; nothing in the form does."""
        assert self._content is not None
        self._content = replace(self._content, notes=notes)

    def shows_totals(self) -> bool:
        """Whether the amount due is in sight."""
        bottom = self.totals.mapTo(self.content, self.totals.rect().bottomLeft()).y()
        seen = self.verticalScrollBar().value() + self.viewport().height()
        return bottom <= seen + 8

    def _place(self) -> PlaceChoice | None:
        assert self._content is not None
        chosen = self.place.currentData()
        return next((place for place in self._content.places if place.id == chosen), None)

    def _show_totals(self) -> None:
        facts = self.facts()
        self.totals.show_figures(
            facts.subtotal_cents,
            facts.taxes,
            facts.total_cents,
            facts.paid_cents,
            facts.open_cents,
            facts.currency,
        )

    # slots

    def _on_edited(self) -> None:
        if self._filling or self._content is None or not self._content.detail.is_draft:
            return
        self._show_totals()
        self.edited.emit()

    def _on_place_changed(self) -> None:
        if self._filling:
            return
        place = self._place()
        assert self._content is not None
        self.lines.set_quantities(self._content.defaults.quantities_at(self.place.currentData()))
        if place is not None and place.tax_id is not None and not self._is_exempt():
            self.tax.select_data(place.tax_id)
            self.lines.set_parts(self.parts())
        self._on_edited()

    def _on_tax_changed(self) -> None:
        if not self._filling:
            self._show_exemption()
            self.lines.set_parts(self.parts())

    def _on_exemption_action_requested(self) -> None:
        """The other choice: no tax, or what is charged at the place."""
        assert self._content is not None
        wanted = None
        if self.tax.currentData() is None:
            place = self._place()
            own = place.tax_id if place is not None else None
            wanted = own if own is not None else self._content.usual_tax_id
        self.tax.setCurrentIndex(max(0, self.tax.findData(wanted)))

    def _on_dates_changed(self) -> None:
        if self._filling:
            return
        self._filling = True
        self.due.set_iso(due_date(self.issued.iso(), int(self.terms.currentData())))
        self._filling = False
        self._show_exemption()
        self._on_edited()

    def _on_due_changed(self) -> None:
        if self._filling:
            return
        self._filling = True
        days = self.issued.date().daysTo(self.due.date())
        if days < 0:
            self.due.setDate(self.issued.date())
        self._fill_terms(max(0, days))
        self._filling = False
        self._on_edited()

    def _on_table_left_down(self) -> None:
        self.message.setFocus(Qt.FocusReason.TabFocusReason)


def _tone(detail: InvoiceDetail, today: str) -> tuple[str, str]:
    from datetime import date

    if detail.overdue(date.fromisoformat(today)):
        return "bad", "warning"
    return {"paid": ("ok", "check-circle"), "void": ("neutral", "prohibit")}.get(
        detail.state, ("info", "lock-simple")
    )
