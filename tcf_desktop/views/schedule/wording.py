"""Appointments in words: tooltips, sentences for screen readers, snackbars."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.geometry import Scene


def _tr(text: str) -> str:
    return QCoreApplication.translate("Schedule", text)


def state_words() -> dict[str, str]:
    """The word of every state."""
    return {
        "tentative": _tr("Held, not confirmed"),
        "confirmed": _tr("Confirmed"),
        "on_the_way": _tr("On the way"),
        "arrived": _tr("Under way"),
        "done": _tr("Finished"),
        "cancelled": _tr("Cancelled"),
        "no_show": _tr("Nobody there"),
    }


def kind_words() -> dict[str, str]:
    """The word of every kind."""
    return {
        "job": _tr("Visit"),
        "estimate": _tr("Estimate"),
        "personal": _tr("Personal"),
        "task": _tr("Task"),
    }


def work_of(block: AppointmentBlock) -> str:
    """What is done; a call-back says that it is one."""
    return i18n.joined([_tr("Call-back") if block.call_back else "", block.service])


def when(block: AppointmentBlock) -> str:
    """ "Wed, Jul 15, 2:00–4:00 PM"."""
    day = i18n.weekday_short(block.starts_local)
    if block.all_day:
        return day
    return f"{day}, {i18n.time_range(block.starts_local, block.minutes)}"


def short_when(starts_local: str) -> str:
    """ "Wed 2:00 PM"."""
    return f"{i18n.day(starts_local, 'ddd')} {i18n.clock_time(starts_local)}"


def who(block: AppointmentBlock, scene: Scene) -> str:
    """The worker or the crew."""
    if block.worker_name:
        return block.worker_name
    return next((c.name for c in scene.week.crews if c.id == block.crew_id), "")


def arrives(block: AppointmentBlock) -> str:
    """ "arrives 2:00–3:00 PM" where a window was promised."""
    if not block.arrival_until_local:
        return ""
    until = block.arrival_until_local
    return _tr("arrives {start}–{end}").format(
        start=i18n.short_time(block.starts_local), end=i18n.clock_time(until)
    )


def remark(block: AppointmentBlock) -> str:
    """What is special about it, in words."""
    if block.conflict:
        return _tr("The crew is booked twice")
    if block.late:
        return _tr("Late")
    return "" if block.state == "confirmed" else state_words()[block.state]


def block_tip(block: AppointmentBlock, scene: Scene) -> str:
    """Everything a block may have no room for; escaped, since tooltips may be read as HTML."""
    money = i18n.money(block.total_cents, scene.week.currency) if block.total_cents else ""
    lines = [
        block.name,
        work_of(block),
        i18n.joined([when(block), who(block, scene)]),
        i18n.joined([arrives(block), money]),
        remark(block),
    ]
    rest = "<br>".join(escape(line) for line in lines[1:] if line)
    return f"<p style='white-space:pre-wrap'><b>{escape(block.name)}</b><br>{rest}</p>"


def block_sentence(block: AppointmentBlock, scene: Scene, *, selected: bool) -> str:
    """ "Wednesday, July 15, 2:00–4:00 PM, Moen, Astrid, Windows A, arrives 2–3, $240"."""
    money = i18n.money(block.total_cents, scene.week.currency) if block.total_cents else ""
    day = i18n.weekday(block.starts_local)
    time = _tr("all day") if block.all_day else i18n.time_range(block.starts_local, block.minutes)
    parts = [
        day,
        time,
        block.name,
        work_of(block),
        who(block, scene),
        arrives(block),
        money,
        remark(block),
        _tr("selected") if selected else "",
    ]
    return i18n.joined(parts, ", ")


def first_name_of(name: str) -> str:
    """How a customer is called in a short notice: "Moen" of "Moen, Astrid"."""
    return name.partition(",")[0]
