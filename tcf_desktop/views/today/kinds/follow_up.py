"""Proposals whose customers are to be asked again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import ToAskAgain, to_ask_again
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow


def show(ctx: ViewContext, _day: Day, found: ToAskAgain | None) -> list[NeedRow]:
    """One row for all of them."""
    if found is None:
        return []
    title = i18n.plural(
        found.count,
        _tr("{n} proposal waits for an answer: ask again"),
        _tr("{n} proposals wait for an answer: ask again"),
    )
    currency = ctx.currency()
    names = [f"{name} {i18n.money(cents, currency)}".strip() for _, name, cents in found.first]
    more = found.count - len(names)
    if more:
        names.append(_tr("{n} more").format(n=i18n.locale_of().toString(more)))
    if found.count == 1:
        target, button = Target("billing", "proposal", found.first[0][0]), _tr("Open proposal")
    else:
        target, button = Target("billing", "proposals", value="follow_up"), _tr("Show proposals")
    return [NeedRow("all", "phone", "info", title, i18n.joined(names), button, target, 4)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("follow_up", to_ask_again, show)
