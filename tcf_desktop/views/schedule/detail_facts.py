"""When an appointment is, what the customer was promised and told, and how it comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain import appointments as rules
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.schedule.repeat_words import series_words
from tcf_desktop.views.schedule.series_scope import next_of

if TYPE_CHECKING:
    from tcf_desktop.services.queries.appointment import AppointmentDetail

STEP_ICONS: Final = {"confirmed": "check-circle", "on_the_way": "truck", "arrived": "play"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScheduleDetail", text)


def step_words() -> dict[str, str]:
    """The buttons of the next step."""
    return {
        "confirmed": _tr("Confirm"),
        "on_the_way": _tr("On the way"),
        "arrived": _tr("Arrived"),
    }


def time_facts(detail: AppointmentDetail, zone: str) -> list[tuple[str, str]]:
    """(icon, sentence) of everything about its time; ``zone`` is the business's."""
    facts = [("calendar-blank", _when(detail))]
    if detail.zone != zone and not detail.all_day:
        facts.append(("globe", _elsewhere(detail, zone)))
    if clock := clock_words(detail.starts_local, detail.zone, all_day=detail.all_day):
        facts.append(("warning", clock))
    facts.append(("clock", _promised(detail)))
    if detail.series is not None:
        following = next_of(detail.series)
        rest = _tr("the last one")
        if following is not None:
            rest = _tr("next {day}").format(day=i18n.full_day(following))
        facts.append(("repeat", i18n.joined([series_words(detail.series), rest], ", ")))
    return [(icon, text) for icon, text in facts if text]


def clock_words(starts_local: str, zone: str, *, all_day: bool) -> str:
    """What the change of the clock does to a start; empty on any other night."""
    if all_day:
        return ""
    if rules.is_skipped(starts_local, zone):
        begins = rules.wall_of(rules.local_instant(rules.parse_local(starts_local), zone), zone)
        return _tr("There is no {time} that night: the clock is put forward. It begins at "
                   "{begins}.").format(
            time=i18n.clock_time(starts_local), begins=i18n.clock_time(begins)
        )  # fmt: skip
    if rules.is_double(starts_local, zone):
        return _tr(
            "{time} comes twice that night: the clock is put back. The first one is meant."
        ).format(time=i18n.clock_time(starts_local))
    return ""


def told_words(detail: AppointmentDetail) -> str:
    """Whether the customer knows the time: "told Jul 8", "not told yet"."""
    if detail.contact_id is None or detail.state in ("done", "no_show"):
        return ""
    if detail.told_at is None:
        return _tr("not told yet")
    on = i18n.day(rules.wall_of(detail.told_at, detail.zone).date())
    if detail.told_local == detail.starts_local:
        return _tr("told {day}").format(day=on)
    if detail.told_local is None:
        return _tr("told on {day} that it does not take place").format(day=on)
    old = f"{i18n.weekday_short(detail.told_local)}, {i18n.clock_time(detail.told_local)}"
    return _tr("told {old} on {day}, not told of the change").format(old=old, day=on)


def _when(detail: AppointmentDetail) -> str:
    day = i18n.weekday_short(detail.starts_local)
    if detail.all_day:
        return day
    return f"{day}, {i18n.time_range(detail.starts_local, detail.minutes)}"


def _elsewhere(detail: AppointmentDetail, zone: str) -> str:
    """The time here of what is written in another zone."""
    here = rules.format_local(rules.wall_of(detail.starts_at, zone))
    day = "" if here[:10] == detail.starts_local[:10] else f"{i18n.weekday_short(here)}, "
    return _tr("{zone} time; here {time}").format(
        zone=detail.zone, time=f"{day}{i18n.time_range(here, detail.minutes)}"
    )


def _promised(detail: AppointmentDetail) -> str:
    told = told_words(detail)
    if not detail.arrival_minutes:
        return told[:1].upper() + told[1:]
    start = detail.arrival_from_local or detail.starts_local
    said = _tr("Arrives {range}").format(range=i18n.time_range(start, detail.arrival_minutes))
    return i18n.joined([part for part in (said, told) if part], ", ")
