"""The columns of the proposals list: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.proposals import ProposalRow

NUMBER, CUSTOMER, TITLE, SENT, VALID, FOLLOW_UP, TOTAL, STATE = range(8)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProposalList", text)


def state_words(state: str) -> tuple[str, str]:
    """The word for a shown state and its chip's tone."""
    return {
        "draft": (_tr("Draft"), "warn"),
        "sent": (_tr("Sent"), "info"),
        "accepted": (_tr("Accepted"), "ok"),
        "declined": (_tr("Declined"), "bad"),
        "expired": (_tr("Expired"), "neutral"),
        "replaced": (_tr("Replaced"), "neutral"),
    }[state]


def columns(today: Callable[[], str]) -> list[Column[ProposalRow]]:
    """The columns; ``today`` is a local date as ISO text."""

    def day(iso: str | None) -> str:
        return i18n.full_day(iso) if iso else i18n.DASH

    def follow_up(row: ProposalRow) -> str:
        return day(row.follow_up_on if row.state in {"draft", "sent"} else None)

    def is_due(row: ProposalRow) -> bool:
        return row.state == "sent" and bool(row.follow_up_on) and str(row.follow_up_on) <= today()

    def state(row: ProposalRow) -> tuple[str, str]:
        return state_words(row.shown_state(today()))

    return [
        Column("number", _tr("Number"), lambda row: row.number or i18n.DASH, sort="number",
               width=112, tone=lambda row: "" if row.number else "text3"),
        Column("customer", _tr("Customer"), lambda row: row.customer, sort="customer",
               stretch=True),
        Column("title", _tr("Title"), lambda row: row.title or i18n.DASH, sort="title",
               width=180, tone=lambda row: "" if row.title else "text3"),
        Column("sent", _tr("Sent"), lambda row: day(row.sent_on), sort="sent", width=116),
        Column("valid", _tr("Valid until"), lambda row: day(row.valid_until_on), sort="valid",
               width=116),
        Column("follow_up", _tr("Ask again"), follow_up, sort="follow_up", width=116,
               tone=lambda row: "bad" if is_due(row) else ""),
        Column("total", _tr("Total"), lambda row: i18n.amount(row.total_cents, row.currency),
               align_right=True, sort="total", width=116),
        Column("state", _tr("State"), lambda row: state(row)[0], width=116,
               tone=lambda row: state(row)[1]),
    ]  # fmt: skip


class ProposalListModel(IdListModel[ProposalRow]):
    """Proposals by id."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, ProposalRow]],
        today: Callable[[], str],
    ) -> None:
        super().__init__(columns(today), fetch)
