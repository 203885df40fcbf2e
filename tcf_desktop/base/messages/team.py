"""Words about workers, crews, hours and days off."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "team.hours": (
        "These hours do not fit into a day. Nothing was saved.",
        "Let each day end after it begins, for example 8:00 AM to 5:00 PM.",
    ),
    "team.no_hours": (
        "No day has hours. Nothing was saved.",
        "Fill in at least one day, or take the own hours away.",
    ),
    "team.day": (
        "“{text}” is no date. Nothing was saved.",
        "Type a date like 7/14/2027.",
    ),
    "team.days_order": (
        "The last day, {last}, comes before the first, {first}. Nothing was saved.",
        "Choose a last day on or after the first.",
    ),
    "team.many_days": (
        "There are more than {most} entries of days off. Nothing was saved.",
        "Take out those that are long past.",
    ),
    "team.two_crews": (
        "On {day} this person would be in two crews. Nothing was saved.",
        "Let one membership end before the next begins.",
    ),
    "team.crew_name_missing": ("A crew needs a name.", "Type one."),
    "team.crew_name_taken": (
        "There is already a crew named “{name}”. Nothing was saved.",
        "Choose another name.",
    ),
    "team.pay": (
        "This pay cannot be stored. Nothing was saved.",
        "Type what an hour is paid, for example 21.50.",
    ),
    "team.text_long": (
        "One of the fields holds more than {most} characters. Nothing was saved.",
        "Shorten it.",
    ),
    "team.on_the_clock": (
        "{name} is on the clock. Nothing was changed.",
        "Clock {name} out first.",
    ),
    "team.has_visits": (
        "Visits ahead are planned for {name}: {count}. Nothing was changed.",
        "Give them to somebody else first, or enter the last day of work instead.",
    ),
    "schedule.range": (
        "That is more than {days} days, or the last day comes first.",
        "Choose a shorter range.",
    ),
}
