"""Settings > Invoices: number pattern, usual terms, message."""

from __future__ import annotations

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.numbering import parse_pattern
from tcf_desktop.services.queries.settings import business_facts, next_number
from tcf_desktop.views.common import DataLabel
from tcf_desktop.views.settings.section import Section, side_by_side

TERMS = (0, 7, 10, 14, 15, 21, 30, 45, 60, 90)


class InvoicesSection(Section):
    """Every field saves when it is left."""

    key = "invoices"
    tables = ("business", "number_series")

    def build(self) -> None:
        card = self.card(self.tr("Number and terms"))
        pattern = self.text_field(self.tr("Invoice number"), "invoice_pattern")
        pattern.field.setObjectName("settings.invoices.pattern")
        terms = self.choice_field(
            self.tr("Payment terms"), "terms_days", [(self._terms(days), days) for days in TERMS]
        )
        terms.field.setObjectName("settings.invoices.terms")
        card.body.addLayout(side_by_side(pattern, terms))
        self._example = DataLabel("", "body", "text", object_name="settings.invoices.example")
        card.body.addWidget(self._example)
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

    def load(self) -> None:
        facts = self.ctx.tasks.read_now(business_facts)
        self.show_business(facts)
        today = self.ctx.today()
        try:
            pattern = parse_pattern(facts.invoice_pattern)
        except AppError:
            self._example.setText("")
            return
        series = pattern.series(today)
        counter = self.ctx.tasks.read_now(lambda r: next_number(r, series)) or pattern.first
        self._example.setText(
            self.tr("The next invoice gets number {number}.").format(
                number=pattern.format(counter, today)
            )
        )

    def _terms(self, days: int) -> str:
        if not days:
            return self.tr("Due on receipt")
        return self.tr("Net {n} days").format(n=days)
