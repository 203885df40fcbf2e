"""How something comes again, in words: for the form, the detail pane and lists."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.recurrence import Rule, rule_of
from tcf_desktop.domain.repeat_choice import WORKDAYS, Choice, choice_of_rule
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.appointment import SeriesFacts


def _tr(text: str) -> str:
    return QCoreApplication.translate("Repeat", text)


def holiday_words() -> dict[str, str]:
    """What may happen on a public holiday."""
    return {
        "keep": _tr("On holidays as on any day"),
        "skip": _tr("Not on holidays"),
        "before": _tr("On the day before a holiday"),
        "after": _tr("On the day after a holiday"),
    }


def place_words(first: date) -> dict[str, str]:
    """Where in the month, for a start on ``first``: "on the third Wednesday"."""
    day = i18n.day(first, "dddd")
    nth = (
        _tr("on the first {day}"),
        _tr("on the second {day}"),
        _tr("on the third {day}"),
        _tr("on the fourth {day}"),
        _tr("on the fifth {day}"),
    )[(first.day - 1) // 7]
    return {
        "date": _tr("on day {n}").format(n=first.day),
        "nth": nth.format(day=day),
        "last": _tr("on the last {day}").format(day=day),
        "last_day": _tr("on the last day"),
        "first_workday": _tr("on the first day from Monday to Friday"),
        "last_workday": _tr("on the last day from Monday to Friday"),
    }


def rule_words(rule: Rule | str, first: date, holidays: str = "keep") -> str:
    """ "Every 3 weeks on Mon and Thu, until Dec 1, 2026; not on holidays". ``first`` is the first
    date of the series."""
    known = rule_of(rule) if isinstance(rule, str) else rule
    choice = choice_of_rule(known, first)
    said = _tr("By a rule of another calendar") if choice is None else choice_words(choice, first)
    end = ""
    if known.until is not None:
        end = _tr("until {day}").format(day=i18n.full_day(known.until))
    elif known.count is not None:
        end = i18n.plural(known.count, _tr("{n} time"), _tr("{n} times"))
    said = i18n.joined([said, end], ", ")
    if holidays == "keep":
        return said
    return f"{said}; {_lower(holiday_words()[holidays])}"


def series_words(series: SeriesFacts) -> str:
    """The rule of an appointment's series."""
    return rule_words(series.rule, date.fromisoformat(series.starts_local[:10]), series.holidays)


def choice_words(choice: Choice, first: date) -> str:
    """The rule without its end: "Every 6 months on the third Wednesday"."""
    every = {
        "day": (_tr("Every day"), _tr("Every {n} days")),
        "week": (_tr("Every week"), _tr("Every {n} weeks")),
        "month": (_tr("Every month"), _tr("Every {n} months")),
        "year": (_tr("Every year"), _tr("Every {n} years")),
    }[choice.unit]
    said = i18n.plural(choice.every, *every)
    if choice.unit == "week":
        if choice.days == WORKDAYS:
            return _tr("{every} from Monday to Friday").format(every=said)
        return _tr("{every} on {days}").format(every=said, days=days_words(choice.days, first))
    if choice.unit == "month":
        return f"{said} {place_words(first)[choice.on]}"
    if choice.unit == "year":
        if choice.on == "date":
            return _tr("{every} on {day}").format(every=said, day=i18n.day(first, "MMMM d"))
        month = i18n.day(first, "MMMM")
        return _tr("{every} {day} of {month}").format(
            every=said, day=place_words(first)[choice.on], month=month
        )
    return said


def days_words(days: tuple[int, ...], first: date) -> str:
    """ "Monday" or "Mon, Thu and Fri"."""
    chosen = days or (first.weekday(),)
    pattern = "dddd" if len(chosen) == 1 else "ddd"
    names = [i18n.day(date(2024, 1, 1 + day), pattern) for day in chosen]  # 2024 began on a Monday
    if len(names) == 1:
        return names[0]
    return _tr("{days} and {last}").format(days=", ".join(names[:-1]), last=names[-1])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
