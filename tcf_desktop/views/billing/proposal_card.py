"""What a proposal that left the house says of itself, and what became of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.itemmodels.invoice_list import state_words as invoice_state
from tcf_desktop.itemmodels.proposal_list import state_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.proposal_detail import ProposalDetail, ProposalPaper
from tcf_desktop.views.billing.proposal_form import option_rows
from tcf_desktop.views.billing.totals import TotalsBlock
from tcf_desktop.views.common import DataLabel, DateEdit, LinkButton
from tcf_desktop.views.context import Target


class ProposalCard(QWidget):
    """``targeted`` leads to what came of it; ``followUp`` with the day on which to ask again, empty
    for none."""

    targeted = Signal(object)
    elsewhere = Signal(object)
    followUp = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("proposal.card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.follow_up = DateEdit()

    def show_detail(self, detail: ProposalDetail, today: str) -> None:
        """Show it as it is now."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        contact = Target("contacts", "contact", detail.contact_id)
        self._link(detail.customer, "customer", lambda: self.elsewhere.emit(contact))
        if detail.draft.title:
            self._column.addWidget(DataLabel(detail.draft.title, "subtitle", weight=600, wrap=True))
        for label, value in self._facts(detail):
            if value:
                self._fact(label, value)
        if detail.state == "sent":
            self._ask_again(detail, today)
        totals = TotalsBlock()
        totals.setObjectName("proposal.card.totals")
        options = detail.options
        if detail.option_n:
            options = tuple(each for each in options if each.option_n == detail.option_n)
        totals.show_rows(option_rows(options, detail.draft.terms, detail.currency))
        self._column.addSpacing(6)
        self._column.addWidget(totals)
        self._came_of_it(detail)
        if detail.draft.internal_note:
            self._heading(self.tr("Own note"))
            self._column.addWidget(DataLabel(detail.draft.internal_note, "body", wrap=True))

    def _facts(self, detail: ProposalDetail) -> list[tuple[str, str]]:
        how = {
            "email": self.tr("by e-mail"),
            "print": self.tr("printed"),
            "post": self.tr("by post"),
            "hand": self.tr("by hand"),
        }
        accepted = {
            "phone": self.tr("by phone"),
            "email": self.tr("by e-mail"),
            "paper": self.tr("on signed paper"),
            "in_person": self.tr("in person"),
        }

        def day(iso: str | None) -> str:
            return i18n.full_day(iso) if iso else ""

        def join(*parts: str) -> str:
            return i18n.joined([part for part in parts if part], ", ")

        return [
            (self.tr("Sent"), join(day(detail.sent_on), how.get(detail.sent_how, ""))),
            (self.tr("Valid until"), day(detail.draft.valid_until_on)),
            (
                self.tr("Accepted"),
                join(
                    day(detail.accepted_on),
                    detail.accepted_by,
                    accepted.get(detail.accepted_how, ""),
                ),
            ),
            (self.tr("Note"), detail.accepted_note),
            (self.tr("Declined"), join(day(detail.declined_on), detail.decline_reason)),
        ]

    def _fact(self, label: str, value: str | QWidget) -> None:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        what = DataLabel(label, "body", "text2")
        what.setMinimumWidth(120)
        line.addWidget(what, 0, Qt.AlignmentFlag.AlignTop)
        shown = DataLabel(value, "body", wrap=True) if isinstance(value, str) else value
        line.addWidget(shown, 1)
        self._column.addWidget(box)

    def _ask_again(self, detail: ProposalDetail, today: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.follow_up = DateEdit(object_name="proposal.followUp")
        self.follow_up.setAccessibleName(self.tr("Ask again on"))
        self.follow_up.set_iso(detail.draft.follow_up_on or today)
        set_it = LinkButton(
            self.tr("Change") if detail.draft.follow_up_on else self.tr("Remind me"),
            object_name="proposal.followUp.set",
        )
        set_it.clicked.connect(lambda *_: self.followUp.emit(self.follow_up.iso()))
        row.addWidget(self.follow_up)
        row.addWidget(set_it)
        if detail.draft.follow_up_on:
            never = LinkButton(self.tr("Do not ask again"), object_name="proposal.followUp.none")
            never.clicked.connect(lambda *_: self.followUp.emit(""))
            row.addWidget(never)
        row.addStretch(1)
        self._fact(self.tr("Ask again on"), holder)

    def _came_of_it(self, detail: ProposalDetail) -> None:
        if detail.visits or detail.papers:
            self._heading(self.tr("What came of it"))
        for visit in detail.visits:
            day, time = visit.starts_local[:10], i18n.clock_time(visit.starts_local[11:16])
            words = self.tr("Visit on {day}, {time}").format(day=i18n.full_day(day), time=time)
            target = Target("schedule", "appointment", visit.id, day)
            self._link(words, f"visit.{visit.id}", lambda t=target: self.elsewhere.emit(t))  # type: ignore[misc]
        for paper in detail.papers:
            target = Target("billing", "invoice", paper.id)
            self._link(
                self._paper_words(paper, detail.currency),
                f"paper.{paper.id}",
                lambda t=target: self.targeted.emit(t),  # type: ignore[misc]
            )
        others = [each for each in detail.versions if each.id != detail.id]
        if others:
            self._heading(self.tr("Other versions"))
        for version in others:
            words = self.tr("Version {n}, {state}, {money}").format(
                n=version.revision,
                state=state_words(version.state)[0],
                money=i18n.money(version.total_cents, detail.currency),
            )
            target = Target("billing", "proposal", version.id)
            self._link(words, f"version.{version.revision}", lambda t=target: self.targeted.emit(t))  # type: ignore[misc]

    def _paper_words(self, paper: ProposalPaper, currency: str) -> str:
        name = self.tr("Deposit invoice {number}") if paper.doc_type == "deposit" else ""
        if not name:
            name = self.tr("Invoice {number}") if paper.number else self.tr("Draft invoice")
        state, _tone = invoice_state(paper.state, overdue=False, sent=False)
        return self.tr("{name}, {money}, {state}").format(
            name=name.format(number=paper.number),
            money=i18n.money(paper.total_cents, currency),
            state=state,
        )

    def _heading(self, text: str) -> None:
        self._column.addSpacing(6)
        self._column.addWidget(DataLabel(text, "caption", "text2"))

    def _link(self, text: str, name: str, run: Callable[[], object]) -> None:
        link = LinkButton(text, object_name=f"proposal.{name}")
        link.clicked.connect(lambda *_: run())
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
