"""The form of the invoice editor: who, where, when, the lines, the message and the totals."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.documents import due_date
from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.domain.invoice_print import InvoiceFacts
from tcf_desktop.domain.tax import DocumentTerms, RoundingPolicy, TaxPart
from tcf_desktop.itemmodels.invoice_lines import SERVICE, InvoiceLinesModel
from tcf_desktop.itemmodels.price_list import PriceListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.queries.billing_choices import PlaceChoice
from tcf_desktop.services.queries.customer_credits import Credit, to_be_used
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.services.queries.invoice_paper import invoice_facts
from tcf_desktop.views.billing.as_edited import as_edited, mirrored
from tcf_desktop.views.billing.checks import Check, checks_of
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.billing.editor_panes import RoomyForm
from tcf_desktop.views.billing.exempt_notice import ExemptNotice
from tcf_desktop.views.billing.form_fields import HeadFields, MessageFields
from tcf_desktop.views.billing.form_more import MoreFields
from tcf_desktop.views.billing.issued_facts import IssuedFacts
from tcf_desktop.views.billing.lines_table import LinesTable
from tcf_desktop.views.billing.source_words import source_words
from tcf_desktop.views.billing.totals import TotalsBlock
from tcf_desktop.views.common import Notice

_WORDS_ROOM = 160


class InvoiceForm(RoomyForm):
    """``edited`` after every change; ``refused`` with why a figure was not taken."""

    edited = Signal()
    refused = Signal(object)
    sourceRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setObjectName("invoice.form")
        self._content: EditorContent | None = None
        self._today = ""
        self._filling = False
        self.use_credit = False
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
        self.notice.actionRequested.connect(self.sourceRequested)
        self.layout_.setSpacing(12)
        self.layout_.addWidget(self.notice)
        self.exemption = ExemptNotice()
        self.exemption.actionRequested.connect(self._on_exemption_action_requested)
        self.layout_.addWidget(self.exemption)
        self.above = QVBoxLayout()  # what an issued document says of itself
        self.layout_.addLayout(self.above)
        self._build_fields()
        self.issued_facts = IssuedFacts()
        self.layout_.addWidget(self.issued_facts)
        self.table = LinesTable(self.lines, self.prices)
        self.table.leftDown.connect(self._on_table_left_down)
        self.layout_.addWidget(self.table)
        self.layout_.addSpacing(4)
        self.layout_.addLayout(self._build_foot())
        self.more = MoreFields()
        self.more.edited.connect(self._on_more_edited)
        self.layout_.addWidget(self.more)
        self.under = QVBoxLayout()  # what can be changed of it at any time
        self.layout_.addLayout(self.under)
        self.layout_.addStretch(1)

    def _build_fields(self) -> None:
        self.head = HeadFields()
        self.layout_.addWidget(self.head)
        self.customer, self.place = self.head.customer, self.head.place
        self.bill_to, self.po, self.tax = self.head.bill_to, self.head.po, self.head.tax
        self.issued, self.terms, self.due = self.head.issued, self.head.terms, self.head.due
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.bill_to.textChanged.connect(self._on_edited)
        self.po.textEdited.connect(self._on_edited)
        self.tax.currentIndexChanged.connect(self._on_tax_changed)
        self.issued.dateChanged.connect(self._on_dates_changed)
        self.terms.currentIndexChanged.connect(self._on_dates_changed)
        self.due.dateChanged.connect(self._on_due_changed)

    def _build_foot(self) -> QHBoxLayout:
        self.below = MessageFields(self.tr("Message on the invoice"))
        self.message = self.below.message
        self.below.edited.connect(self._on_below_edited)
        self.below.refused.connect(self.refused)
        self.totals = TotalsBlock()
        self.credit = Notice("", "info", "money")
        self.credit.setObjectName("invoice.credit")
        self.credit.actionRequested.connect(self._on_credit_action_requested)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.totals)
        right.addWidget(self.credit)
        right.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(24)
        foot.addWidget(self.below, 10)
        foot.addLayout(right, 11)
        return foot

    # showing

    def show_content(self, content: EditorContent, today: str) -> None:
        """Fill the form. An issued invoice is shown as stored and cannot be changed."""
        other = self._content is None or self._content.detail.id != content.detail.id
        self._content, self._today, self._filling = content, today, True
        detail = content.detail
        draft = detail.is_draft
        if other:
            self.use_credit = False
            self.more.set_open(False)
            self.table.show_discounts(False)
        self.head.fill(content)
        discount = (detail.discount_ppm, detail.discount_fixed_cents)
        self.below.fill(detail.message, discount, detail.currency)
        self.more.fill(detail, has_taxes=bool(content.taxes))
        self.more.setVisible(draft)
        issued_on = detail.issued_on or today
        self.issued.set_iso(issued_on)
        self.due.set_iso(detail.due_on or due_date(issued_on, detail.terms_days))
        self.prices.set_prices(content.prices, detail.currency)
        self.table.codes, self.table.currency = content.codes, detail.currency
        self.lines.set_quantities(content.defaults.quantities_at(detail.location_id))
        self._fill_lines(mirrored(detail))
        self.table.show_tax(bool(content.taxes) or bool(detail.taxes))
        self._show_source()
        self._show_exemption()
        self.head.setVisible(draft)
        self.issued_facts.setVisible(not draft)
        self.issued_facts.show_detail(detail)
        self.below.lock(not draft)
        self._filling = False
        self._show_figures()

    def _fill_lines(self, detail: InvoiceDetail) -> None:
        draft = detail.is_draft
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
                    line.unit,
                    line.discount_ppm,
                    line.discount_fixed_cents,
                    line.tax_code_id,
                )
                for line in detail.lines
            ],
            self.parts() if draft else [TaxPart(tax.name, tax.rate_ppm) for tax in detail.taxes],
            detail.currency,
            policy=RoundingPolicy.of(detail.rounding),
            terms=self._terms(),
            stored_amounts=None if draft else [line.amount_cents for line in detail.lines],
            stored_rates=[line.tax_ppm for line in detail.lines],
        )

    def _show_source(self) -> None:
        assert self._content is not None
        detail = self._content.detail
        text = source_words(detail)
        self.notice.setVisible(bool(text))
        self.notice.set_notice(text, "info", "link", self.tr("Show"))

    def _show_exemption(self) -> None:
        assert self._content is not None
        known = self._content.defaults.exemption if self._content.detail.is_draft else None
        taxed = self.tax.currentData() is not None
        self.exemption.show_exemption(known, self.issued.iso(), taxed=taxed)

    def _is_exempt(self) -> bool:
        assert self._content is not None
        return is_tax_free(self._content.defaults.exemption, self.issued.iso())

    # what stands in the form

    def parts(self) -> tuple[TaxPart, ...]:
        """The parts of the chosen tax."""
        assert self._content is not None
        chosen = self.tax.currentData()
        return next((tax.parts for tax in self._content.taxes if tax.id == chosen), ())

    def _terms(self) -> DocumentTerms:
        share, cents = self.below.value()
        return DocumentTerms(self.more.inclusive.isChecked(), share, cents)

    def draft(self) -> InvoiceDraft:
        """The draft as it stands."""
        assert self._content is not None
        detail = self._content.detail
        planned = self.issued.iso()
        place = self._place()
        kept = self.place.currentData() == detail.location_id
        terms = self.lines.terms
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
            discount_ppm=terms.discount_ppm,
            discount_fixed_cents=terms.discount_cents,
            prices_include_tax=terms.prices_include_tax,
            tax_note=self.more.tax_note.text(),
            language=self.more.language.currentData() or "",
            internal_note=self.more.internal.text(),
        )

    def used_credit(self) -> list[tuple[Credit, int]]:
        """What issuing the draft as it stands would take of the customer's credit."""
        assert self._content is not None
        total = self.lines.totals.total_cents
        return to_be_used(self._content.credits, total, use_credit=self.use_credit)

    def detail(self) -> InvoiceDetail:
        """The document: as stored when it was issued, else as what stands in the form would be."""
        assert self._content is not None
        detail = self._content.detail
        if not detail.is_draft:
            return detail
        draft = self.draft()
        notes = self._content.notes.at(draft.location_id)
        return as_edited(detail, draft, self.lines.totals, notes, self.used_credit())

    def facts(self) -> InvoiceFacts:
        """The page of what stands in the form, with figures by the one function."""
        detail = self.detail()
        return replace(
            invoice_facts(detail, self._today),
            paid_cents=detail.paid_cents,
            open_cents=detail.open_cents,
        )

    def checks(self) -> list[Check]:
        """What there is to say about the draft as it stands; nothing of an issued one."""
        if self._content is None or not self._content.detail.is_draft:
            return []
        total = self.lines.totals.total_cents
        return checks_of(self._content, self.draft(), total, self._today)

    def take_quietly(self, content: EditorContent) -> None:
        """What is known beside the form changed; nothing in its fields does."""
        self._content = content
        self._show_figures()

    def shows(self, stored: InvoiceDetail) -> bool:
        """Whether the fields say what is stored: then nothing under the cursor needs to move."""
        draft = self.draft()
        as_typed = (
            draft.bill_to, draft.po, draft.issued_on, draft.terms_days, draft.tax_id,
            draft.message, draft.location_id, draft.terms, draft.tax_note, draft.language,
            draft.internal_note, self.lines.totals.amounts,
            tuple((line.name, line.description, line.unit) for line in draft.lines),
        )  # fmt: skip
        terms = DocumentTerms(
            stored.prices_include_tax, stored.discount_ppm, stored.discount_fixed_cents
        )
        return as_typed == (
            stored.bill_to, stored.po, stored.issued_on or "", stored.terms_days, stored.tax_id,
            stored.message, stored.location_id, terms, stored.tax_note, stored.language,
            stored.internal_note, tuple(line.amount_cents for line in stored.lines),
            tuple((line.name, line.description, line.unit) for line in stored.lines),
        )  # fmt: skip

    def shows_totals(self) -> bool:
        """Whether the amount due is in sight."""
        bottom = self.totals.mapTo(self.content, self.totals.rect().bottomLeft()).y()
        seen = self.verticalScrollBar().value() + self.viewport().height()
        return bottom <= seen + 8

    def lacks_room(self) -> int:
        """Pixels that are missing for the words of the lines beside their figures."""
        return max(0, theme().scaled(_WORDS_ROOM) - self.table.columnWidth(SERVICE))

    def _place(self) -> PlaceChoice | None:
        assert self._content is not None
        chosen = self.place.currentData()
        return next((place for place in self._content.places if place.id == chosen), None)

    def _show_figures(self) -> None:
        self.totals.show_figures(mirrored(self.detail()))
        self._show_credit()
        self.head.say({check.field: (check.text, check.tone) for check in reversed(self.checks())})

    def _show_credit(self) -> None:
        """Credit of the customer that is not the deposit of this work is offered."""
        assert self._content is not None
        total = self.lines.totals.total_cents
        every = to_be_used(self._content.credits, total, use_credit=True)
        own = to_be_used(self._content.credits, total, use_credit=False)
        cents = sum(taken for _credit, taken in every) - sum(taken for _credit, taken in own)
        self.credit.setVisible(cents > 0)
        currency = self._content.detail.currency
        left = sum(each.cents for each in self._content.credits if each.proposal_id is None)
        if self.use_credit:
            text = self.tr("{amount} of the customer's credit is used when you issue it.")
            self.credit.set_notice(
                text.format(amount=i18n.money(cents, currency)), "ok", "check-circle",
                self.tr("Keep it"),
            )  # fmt: skip
        else:
            text = self.tr("The customer has an unused credit of {amount}.")
            self.credit.set_notice(
                text.format(amount=i18n.money(left, currency)), "info", "money",
                self.tr("Use {amount}").format(amount=i18n.money(cents, currency)),
            )  # fmt: skip

    # slots

    def _on_edited(self) -> None:
        if self._filling or self._content is None or not self._content.detail.is_draft:
            return
        self._show_figures()
        self.edited.emit()

    def _on_below_edited(self) -> None:
        if self._filling:
            return
        if self._terms() != self.lines.terms:
            self.lines.set_terms(self._terms())  # says that it was edited
        else:
            self._on_edited()

    _on_more_edited = _on_below_edited

    def _on_credit_action_requested(self) -> None:
        self.use_credit = not self.use_credit
        self._on_edited()

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
        self.head.fill_terms(max(0, days))
        self._filling = False
        self._on_edited()

    def _on_table_left_down(self) -> None:
        self.message.setFocus(Qt.FocusReason.TabFocusReason)
