"""What a contact is not content with: open complaints with their call-back, and how they ended."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.complaints import ComplaintRow, complaints_of
from tcf_desktop.views.common import Chip, DataLabel, LinkButton
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts.detail_card import DetailCard
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.call_back_steps import ComplaintSteps

_SHOWN_CLOSED = 2


class ComplaintsCard(DetailCard):
    """Open ones first; hidden for everybody who is content."""

    tables: ClassVar[tuple[str, ...]] = ("complaints", "appointments")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, self.tr("Not content"), "contacts.detail.complaints")
        self._inside: QWidget | None = None

    @cached_property
    def steps(self) -> ComplaintSteps:
        """What is done about a complaint: most contacts have none."""
        from tcf_desktop.views.schedule.call_back_steps import ComplaintSteps

        return ComplaintSteps(self.ctx, self)

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return complaints_of(r, contact_id)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        if self._inside is not None:
            self._inside.hide()
            self.body.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        rows: list[ComplaintRow] = sorted(facts, key=lambda row: not row.is_open)
        opened = sum(row.is_open for row in rows)
        for row in rows[: opened + _SHOWN_CLOSED]:
            column.addWidget(self._row(row))
        self.body.addWidget(self._inside)
        self.setVisible(bool(rows))

    def _row(self, row: ComplaintRow) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(DataLabel(row.text, "body", wrap=True))
        zone, today = self.ctx.zone(), self.ctx.today()
        since = i18n.near_day(from_ms(row.opened_at, zone).date(), today)
        about = i18n.joined([row.work, i18n.near_day(row.visit_local, today)], ", ")
        parts = [self.tr("since {day}").format(day=since), about]
        if row.call_back_id is not None:
            day = i18n.weekday_short(row.call_back_local)
            parts.append(self.tr("call-back {day}").format(day=day))
        if row.closed_why:
            parts.append(row.closed_why)
        column.addWidget(DataLabel(i18n.joined(parts), "caption", "text2", wrap=True))
        line = FlowRow()
        line.add(Chip(self.tr("Open"), "warn") if row.is_open else Chip(self.tr("Settled"), "ok"))
        for text, run, name in self._links(row):
            link = LinkButton(text, object_name=f"contacts.complaints.{name}")
            link.clicked.connect(lambda *_, r=run, w=link: r(w))
            line.add(link)
        column.addWidget(line)
        return box

    def _links(self, row: ComplaintRow) -> list[tuple[str, Any, str]]:
        links: list[tuple[str, Any, str]] = []
        if row.call_back_id is not None:
            target = Target("schedule", "appointment", row.call_back_id)
            links.append((self.tr("Show call-back"), lambda _: self.ctx.navigate(target), "show"))
        elif row.is_open and row.appointment_id is not None:
            links.append((self.tr("Book call-back…"), lambda _: self.steps.come_again(row), "book"))
        if row.is_open:
            links.append((self.tr("Settled because…"), partial(self._ask_why, row), "close"))
        elif row.closed_at is not None:
            links.append((self.tr("Open again"), lambda _: self.steps.reopen(row), "reopen"))
        return links

    def _ask_why(self, row: ComplaintRow, anchor: QWidget) -> None:
        menu = QMenu(self)
        menu.setObjectName("contacts.complaints.why")
        for why in (
            self.tr("Talked it over"), self.tr("Price was reduced"),
            self.tr("It was not our work"), self.tr("Put right without a visit"),
        ):  # fmt: skip
            menu.addAction(why, partial(self.steps.close, row, why))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
