"""Invoices that became overdue within the last days."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import BecameOverdue, became_overdue
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow


def show(ctx: ViewContext, _day: Day, found: BecameOverdue | None) -> list[NeedRow]:
    """One row for all of them; its key changes every day, so that new ones show up again."""
    if found is None:
        return []
    when = _tr("yesterday") if found.all_yesterday else _tr("in the last 7 days")
    title = i18n.plural(
        found.count, _tr("{n} invoice became overdue"), _tr("{n} invoices became overdue")
    )
    names = [
        f"{number} {name} {i18n.money(cents, ctx.currency())}"
        for _, number, name, cents in found.first
    ]
    more = found.count - len(names)
    if more:
        names.append(_tr("{n} more").format(n=more))
    if found.count == 1:
        target, button = Target("billing", "invoice", found.first[0][0]), _tr("Open invoice")
    else:
        target, button = Target("billing", "overdue"), _tr("Show invoices")
    text = f"{title} {when}"
    return [NeedRow("all", "hourglass-medium", "bad", text, i18n.joined(names), button, target, 3)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("overdue", became_overdue, show)
