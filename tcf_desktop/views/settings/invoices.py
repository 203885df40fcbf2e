"""Settings > Invoices: numbers, proposals, look of documents, how to pay, tax, closed periods."""

from __future__ import annotations

from collections.abc import Callable

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.bank_accounts import is_iban
from tcf_desktop.domain.billing_settings import DOCUMENT_COLOURS, BillingSettings
from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.file_names import document_file_name
from tcf_desktop.domain.money import Rounding
from tcf_desktop.domain.tax import RoundingPolicy, TaxLevel
from tcf_desktop.services.closing import CLOSED_UNTIL_KEY
from tcf_desktop.services.queries.billing_choices import next_number
from tcf_desktop.services.queries.settings import BusinessFacts, business_facts, setting
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.views.common import DataLabel, FormField
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.settings.billing_fields import BillingFields
from tcf_desktop.views.settings.section import side_by_side

VALID = (0, 7, 14, 30, 45, 60, 90)
FOLLOW_UP = (0, 2, 3, 5, 7, 10, 14, 21, 30)
TERMS = (0, 7, 10, 14, 15, 21, 30, 45, 60, 90)


class InvoicesSection(BillingFields):
    """Every field saves when it is left."""

    key = "invoices"
    tables = ("business", "number_series", "settings")

    def build(self) -> None:
        super().build()
        self._build_numbers()
        self._build_proposals()
        self._build_look()
        self._build_payment()
        self._build_tax()
        self._build_closing()

    def _build_numbers(self) -> None:
        card = self.card(self.tr("Numbers and terms"))
        pattern = self.text_field(self.tr("Invoice number"), "invoice_pattern")
        pattern.field.setObjectName("settings.invoices.pattern")
        terms = self.choice_field(
            self.tr("Payment terms"), "terms_days", [(self._terms(days), days) for days in TERMS]
        )
        terms.field.setObjectName("settings.invoices.terms")
        card.body.addLayout(side_by_side(pattern, terms))
        self._example = DataLabel("", "body", "text", object_name="settings.invoices.example")
        card.body.addWidget(self._example)
        credit = self.text_field(self.tr("Credit note number"), "credit_pattern")
        deposit = self.text_field(self.tr("Deposit invoice number"), "deposit_pattern")
        card.body.addLayout(side_by_side(credit, deposit))
        card.body.addWidget(
            DataLabel(
                self.tr(
                    "The zeros are the counter: {0000} counts 1001, 1002 and so on. With {YYYY} "
                    "it starts again each year, as in INV-{YYYY}-{000}."
                ),
                "caption",
                "text2",
                wrap=True,
            )
        )
        message = self.card(self.tr("Message"))
        area = self.area_field(
            self.tr("Message on the invoice"),
            "invoice_message",
            4,
            hint=self.tr("Printed below the total. Each invoice can have its own."),
        )
        area.field.setObjectName("settings.invoices.message")
        area.setProperty("hint", area.hint.text())
        message.body.addWidget(area)

    def _build_proposals(self) -> None:
        card = self.card(self.tr("Proposals"), self.tr("What a new proposal begins with."))
        valid = self.billing_choice(
            self.tr("Holds for"),
            "proposal_valid_days",
            [
                (self.tr("{n} days").format(n=days) if days else self.tr("No end"), days)
                for days in VALID
            ],
            hint=self.tr("Printed on it as a date."),
        )
        again = self.billing_choice(
            self.tr("Ask again after"),
            "proposal_follow_up_days",
            [
                (self.tr("{n} days").format(n=days) if days else self.tr("Never"), days)
                for days in FOLLOW_UP
            ],
            hint=self.tr("Then it stands on Today until there is an answer."),
        )
        card.body.addLayout(side_by_side(valid, again))
        card.body.addWidget(
            self.billing_area(
                self.tr("Message on the proposal"),
                "proposal_message",
                3,
                hint=self.tr("Printed below the total. Each proposal can have its own."),
            )
        )

    def _build_look(self) -> None:
        card = self.card(
            self.tr("Look of documents"),
            self.tr("Documents that were issued keep the look they had."),
        )
        layout = self.billing_choice(
            self.tr("Layout"),
            "layout",
            [
                (self.tr("Classic"), "classic"),
                (self.tr("Modern, with a colored head"), "modern"),
                (self.tr("Compact, more on a page"), "compact"),
            ],
        )
        names = {
            "blue": self.tr("Blue"), "green": self.tr("Green"), "red": self.tr("Red"),
            "violet": self.tr("Violet"), "teal": self.tr("Teal"), "brown": self.tr("Brown"),
            "grey": self.tr("Gray"),
        }  # fmt: skip
        colour = self.billing_choice(
            self.tr("Color"), "colour", [(names[key], value) for key, value in DOCUMENT_COLOURS]
        )
        paper = self.billing_choice(
            self.tr("Paper"),
            "paper",
            [
                (self.tr("As usual in the country"), ""),
                (self.tr("Letter"), "letter"),
                (self.tr("A4"), "a4"),
            ],
        )
        card.body.addLayout(side_by_side(layout, colour, paper))
        card.body.addWidget(
            self.billing_switch(
                self.tr("Put the address where a window envelope shows it"), "window_envelope"
            )
        )
        header = self.billing_area(
            self.tr("Below the name of the business"), "header", 2,
            hint=self.tr("Such as a license number. Up to three lines."),
        )  # fmt: skip
        footer = self.billing_area(
            self.tr("At the foot of each page"), "footer", 2, hint=self.tr("Up to two lines.")
        )
        card.body.addLayout(side_by_side(header, footer))
        self._file_name = self.billing_text(self.tr("Name of the PDF"), "file_name")
        card.body.addWidget(self._file_name)

    def _build_payment(self) -> None:
        card = self.card(
            self.tr("How to pay"), self.tr("Printed on invoices as long as something is open.")
        )
        card.body.addWidget(
            self.billing_area(self.tr("What customers read"), "payment_instructions", 3)
        )
        code = self.billing_choice(
            self.tr("Square to scan"),
            "payment_qr",
            [
                (self.tr("None"), "none"),
                (self.tr("Bank transfer in euro"), "epc"),
                (self.tr("A link"), "link"),
            ],
        )
        link = self.billing_text(self.tr("Link to pay"), "payment_link")
        card.body.addLayout(side_by_side(code, link))
        self._iban = self.billing_text(self.tr("IBAN"), "iban")
        card.body.addLayout(
            side_by_side(
                self.billing_text(self.tr("Account holder"), "account_holder"),
                self._iban,
                self.billing_text(self.tr("BIC"), "bic"),
            )
        )

    def _build_tax(self) -> None:
        card = self.card(
            self.tr("Tax and rounding"), self.tr("For new documents; others stay as they are.")
        )
        number = self.text_field(
            self.tr("Tax number of the business"), "tax_number",
            hint=self.tr("Printed on documents, such as a VAT number."),
        )  # fmt: skip
        number.setProperty("hint", number.hint.text())
        included = self.choice_field(
            self.tr("Prices"),
            "prices_include_tax",
            [(self.tr("Tax is added"), 0), (self.tr("Tax is in the prices"), 1)],
        )
        rounding = self.choice_field(
            self.tr("Tax is rounded"),
            "rounding",
            [
                (words, RoundingPolicy(mode, level).stored())
                for words, mode, level in (
                    (self.tr("Once for the document"), Rounding.HALF_UP, TaxLevel.DOCUMENT),
                    (self.tr("On each line"), Rounding.HALF_UP, TaxLevel.LINE),
                    (self.tr("Once, halves to even"), Rounding.HALF_EVEN, TaxLevel.DOCUMENT),
                    (self.tr("On each line, halves to even"), Rounding.HALF_EVEN, TaxLevel.LINE),
                )
            ],
        )
        card.body.addLayout(side_by_side(number, included, rounding))

    def _build_closing(self) -> None:
        card = self.card(
            self.tr("Closed books"),
            self.tr("Nothing can be issued, voided, paid or reversed with a date up to this day."),
        )
        self._closed = DayField(self.ctx.today, object_name="settings.invoices.closed")
        self._closed.editingFinished.connect(self._save_closed)
        self._closed_field = FormField(self.tr("Closed until"), self._closed)
        self._closed_field.setMaximumWidth(320)
        card.body.addWidget(self._closed_field)

    # what is stored

    def load(self) -> None:
        facts = self.ctx.tasks.read_now(business_facts)
        self.show_business(facts)
        self._show_next(facts)
        settings = self.show_billing()
        self._show_file_name(settings)
        wrong = settings.iban.strip() and not is_iban(settings.iban)
        self._iban.set_hint(
            self.tr("The check digits do not fit. Look at the number again.") if wrong else "",
            "bad",
        )
        if not self._closed.hasFocus():
            self._closed.set_iso(
                str(self.ctx.tasks.read_now(lambda r: setting(r, CLOSED_UNTIL_KEY, "")))
            )

    def _show_next(self, facts: BusinessFacts) -> None:
        today = self.ctx.today()

        def number(kind: DocType) -> Callable[..., str]:
            return lambda r: next_number(r, today, kind)

        try:
            found = self.ctx.tasks.read_now(number(DocType.INVOICE))
        except AppError:
            self._example.setText("")
            return
        self._example.setText(
            self.tr("The next invoice gets number {number}.").format(number=found)
        )
        for kind, column in (
            (DocType.CREDIT_NOTE, "credit_pattern"),
            (DocType.DEPOSIT, "deposit_pattern"),
        ):
            field = self._fields[column]
            hint = self.tr("The next one gets {number}.").format(
                number=self.ctx.tasks.read_now(number(kind))
            )
            if getattr(facts, column) == field.field.property("stored"):
                field.setProperty("hint", hint)
                field.set_hint(hint)

    def _show_file_name(self, settings: BillingSettings) -> None:
        example = document_file_name(
            settings.file_name,
            kind=self.tr("Invoice"),
            number="1049",
            customer="Olson",
            day=self.ctx.today(),
        )
        words = self.tr("May hold {kind}, {number}, {customer} and {date}. As it is: %1")
        self._file_name.set_hint(words.replace("%1", example))

    def _save_closed(self) -> None:
        iso = self._closed.iso()
        if not self._closed.is_understood():
            self._closed_field.set_hint(
                self.tr("Write it as 12/31/2025, or leave it empty."), "bad"
            )
            return
        self._closed_field.set_hint("")
        stored = self.ctx.tasks.read_now(lambda r: setting(r, CLOSED_UNTIL_KEY, ""))
        if iso != stored:
            command = SetSetting(CLOSED_UNTIL_KEY, iso)
            self.ctx.tasks.command(self, command, lambda _nothing: self.saved.emit())

    def _terms(self, days: int) -> str:
        if not days:
            return self.tr("Due on receipt")
        return self.tr("Net {n} days").format(n=days)
