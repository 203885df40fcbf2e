"""Customers who are to be told a new time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.message_list import short_moment
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import messages
from tcf_desktop.services.queries.today import Day
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Found = tuple[messages.MessageCounts, tuple[tuple[str, str], ...]]
_NAMED = 3


def find(r: Reader, day: Day) -> Found:
    """How many, and (name, start) of the first ones."""
    counts = messages.message_counts(r, day.now_at)
    first: list[tuple[str, str]] = []
    if counts.waiting:
        ids = messages.message_ids(r, "waiting", day.now_at)[:_NAMED]
        rows = messages.message_rows(r, ids)
        first += [(rows[i].name, rows[i].starts_local) for i in ids]
    if counts.untold and len(first) < _NAMED:
        ids = messages.message_ids(r, "untold", day.now_at)[: _NAMED - len(first)]
        untold = messages.untold_rows(r, ids)
        first += [(untold[i].name, untold[i].starts_local) for i in ids]
    return counts, tuple(first)


def show(_ctx: ViewContext, _day: Day, found: Found) -> list[NeedRow]:
    """One row for all of them."""
    counts, first = found
    total = counts.waiting + counts.untold
    if not total:
        return []
    title = i18n.plural(
        total, _tr("{n} customer is to be told a new time"),
        _tr("{n} customers are to be told a new time"),
    )  # fmt: skip
    names = [f"{name.partition(',')[0]} {short_moment(local)}".strip() for name, local in first]
    if total > len(names):
        names.append(_tr("{n} more").format(n=total - len(names)))
    target = Target("messages", "waiting" if counts.waiting else "untold")
    button = _tr("Show messages")
    return [
        NeedRow("all", "chat-circle-text", "info", title, i18n.joined(names), button, target, 1)
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("to_tell", find, show)
