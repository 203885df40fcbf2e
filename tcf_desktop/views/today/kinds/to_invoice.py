"""Finished jobs without an invoice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import ToInvoice, to_invoice
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow


def show(ctx: ViewContext, _day: Day, found: ToInvoice | None) -> list[NeedRow]:
    """One row for all of them."""
    if found is None:
        return []
    currency = ctx.currency()
    title = i18n.plural(
        found.count,
        _tr("{n} finished job is not invoiced"),
        _tr("{n} finished jobs are not invoiced"),
    )
    names = [f"{name} {i18n.money(cents, currency)}".strip() for name, cents in found.first]
    more = found.count - len(names)
    if more:
        names.append(_tr("{n} more").format(n=i18n.locale_of().toString(more)))
    if found.count > 1:
        names.append(_tr("total {sum}").format(sum=i18n.money(found.total_cents, currency)))
    button = _tr("Create invoice") if found.count == 1 else _tr("Create invoices")
    target = Target("billing", "to_invoice")
    return [NeedRow("all", "receipt", "info", title, i18n.joined(names), button, target, 2)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("to_invoice", to_invoice, show)
