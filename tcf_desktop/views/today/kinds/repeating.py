"""Repeating invoices whose date has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import DueToBill, due_to_bill
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow


def show(ctx: ViewContext, _day: Day, found: DueToBill | None) -> list[NeedRow]:
    """One row for all of them."""
    if found is None:
        return []
    title = i18n.plural(
        found.count, _tr("{n} repeating invoice is due"), _tr("{n} repeating invoices are due")
    )
    total = _tr("total {sum}").format(sum=i18n.money(found.total_cents, ctx.currency()))
    detail = i18n.joined([*found.first, total])
    target = Target("billing", "batch", value="repeating")
    return [NeedRow("all", "repeat", "info", title, detail, _tr("Look at them"), target, 2)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("repeating", due_to_bill, show)
