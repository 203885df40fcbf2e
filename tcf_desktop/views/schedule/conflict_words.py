"""What speaks against an appointment, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain import conflicts as rules
from tcf_desktop.domain.conflicts import Conflict
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.conflicts import SeriesConflicts

_SHOWN = 4


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conflicts", text)


def conflict_words(conflict: Conflict) -> str:
    """One sentence: “Windows A is with Vance, Tom at 9:00 AM then.”"""
    if conflict.kind == rules.BUSY:
        return _busy(conflict)
    if conflict.kind in (rules.HOURS, rules.PLACE_HOURS):
        return _hours(conflict)
    plain = {
        rules.HOLIDAY: _tr("It is a public holiday: {name}."),
        rules.DAY_OFF: _tr("{who} has the day off."),
        rules.MEMBER_OFF: _tr("{who} has the day off; the rest of the crew is there."),
        rules.CLOSED: _tr("The business is closed that day."),
        rules.INACTIVE: _tr("{who} does not work here on that day."),
        rules.PLACE_CLOSED: _tr("{who} is closed that day."),
        rules.NO_TIME: _tr("The clock is put forward then; it will begin an hour later."),
        rules.DOUBLE_TIME: _tr("The clock is put back then, so this hour comes twice; the first "
                               "one counts."),
    }  # fmt: skip
    reasoned = {
        rules.DAY_OFF: _tr("{who} has the day off: {name}."),
        rules.MEMBER_OFF: _tr("{who} has the day off ({name}); the rest of the crew is there."),
        rules.CLOSED: _tr("The business is closed that day: {name}."),
        rules.PLACE_CLOSED: _tr("{who} is closed that day: {name}."),
    }
    words = reasoned.get(conflict.kind, plain[conflict.kind]) if conflict.name else (
        plain[conflict.kind]
    )  # fmt: skip
    return words.format(who=conflict.who or _somebody(conflict.kind), name=conflict.name[:60])


def conflict_lines(found: Iterable[Conflict], most: int = _SHOWN) -> list[str]:
    """Sentences, each once; more than ``most`` are counted."""
    lines = list(dict.fromkeys(conflict_words(conflict) for conflict in found))
    if len(lines) > most:
        rest = len(lines) - most + 1
        lines = [*lines[: most - 1], _tr("And {n} more.").format(n=rest)]
    return lines


def series_words(answer: SeriesConflicts) -> list[str]:
    """“3 of the next 26 visits clash:” and the first of them; nothing when none does."""
    if not answer.found:
        return []
    count = len(answer.found)
    head = _tr("{n} of the next {asked} visits do not fit:")
    if count == 1:
        head = _tr("{n} of the next {asked} visits does not fit:")
    lines = [head.format(n=count, asked=answer.asked)]
    for found in answer.found[:_SHOWN]:
        day = i18n.full_day(found.plan.local[:10])
        lines.append(f"{day}: {conflict_words(found.conflicts[0])}")
    if len(answer.found) > _SHOWN:
        lines.append(_tr("And {n} more.").format(n=len(answer.found) - _SHOWN))
    return lines


def _busy(conflict: Conflict) -> str:
    moment = i18n.clock_time(conflict.starts_local)
    if conflict.starts_local[:10] != conflict.on:
        day = i18n.weekday_short(conflict.starts_local)
        return _tr("{who} is with {name} from {day}, {time}.").format(
            who=conflict.who, name=conflict.name[:60], day=day, time=moment
        )
    return _tr("{who} is with {name} at {time} then.").format(
        who=conflict.who, name=conflict.name[:60], time=moment
    )


def _hours(conflict: Conflict) -> str:
    who = conflict.who or _somebody(conflict.kind)
    if conflict.from_minute is None or conflict.to_minute is None:
        day = i18n.locale_of().dayName(datetime.fromisoformat(conflict.on).isoweekday())
        return _tr("{who} does not work on {weekday}.").format(who=who, weekday=day)
    zero = datetime.fromisoformat(conflict.on)
    begin, end = (
        i18n.clock_time(zero + timedelta(minutes=minute % 1440))
        for minute in (conflict.from_minute, conflict.to_minute)
    )
    if conflict.kind == rules.PLACE_HOURS:
        return _tr("{who} is open from {begin} to {end} only.").format(
            who=who, begin=begin, end=end
        )
    return _tr("{who} works from {begin} to {end}.").format(who=who, begin=begin, end=end)


def _somebody(kind: str) -> str:
    if kind in (rules.PLACE_CLOSED, rules.PLACE_HOURS):
        return _tr("The address")
    return _tr("This crew") if kind == rules.INACTIVE else _tr("The business")
