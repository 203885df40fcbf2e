"""How often somebody wants something: kept, put off, not wanted any more. All can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import frequency as rules
from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

WEEK, MONTH, NEXT_SEASON = "week", "month", "season"  # what SnoozeFrequency takes beside a date
_REASON_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class FrequencyDraft:
    """What is kept of a frequency. Without a place or a service any will do; ``title`` says what
    it is where the price list does not. ``starts_on`` counts until there is a first visit."""

    contact_id: int
    rhythm: Rhythm
    location_id: int | None = None
    service_id: int | None = None
    title: str = ""
    price_cents: int | None = None
    starts_on: str | None = None


@dataclass(frozen=True, slots=True)
class SaveFrequency(Command[int]):
    """Add a frequency (``frequency_id`` None) or change one; returns its id.

    Raises ``frequency.interval``, ``frequency.season``, ``frequency.place`` and, for a second one
    of the same service at the same place, ``frequency.taken``.
    """

    frequency_id: int | None
    draft: FrequencyDraft

    def execute(self, uow: UnitOfWork) -> int:
        draft = self.draft
        rhythm = rules.checked(draft.rhythm)
        contact = uow.get(models.Contact, draft.contact_id)
        _check_place(uow, draft)
        self._refuse_second(uow, contact.display_name)
        values = {
            "contact_id": draft.contact_id,
            "location_id": draft.location_id,
            "service_id": draft.service_id,
            "title": draft.title.strip(),
            "every_n": rhythm.every_n,
            "unit": rhythm.unit,
            "season_from": rhythm.season_from,
            "season_to": rhythm.season_to,
            "price_cents": draft.price_cents,
            "starts_on": draft.starts_on or _today(uow),
        }
        uow.describe("frequency of {name}", name=contact.display_name)
        if self.frequency_id is None:
            made = models.Frequency(
                **values, stop_reason="", created_at=uow.now_at, updated_at=uow.now_at
            )
            return uow.add(made).id
        found = _living(uow, self.frequency_id)
        if draft.starts_on is None:
            del values["starts_on"]
        changed = {name: value for name, value in values.items() if getattr(found, name) != value}
        for name, value in changed.items():
            setattr(found, name, value)
        if changed:
            found.updated_at = uow.now_at
        return found.id

    def _refuse_second(self, uow: UnitOfWork, name: str) -> None:
        draft = self.draft
        same = uow.value(
            "SELECT id FROM frequencies WHERE contact_id = ? AND location_id IS ?"
            " AND service_id IS ? AND title = ? AND deleted_at IS NULL AND stopped_at IS NULL"
            " AND id IS NOT ?",
            (
                draft.contact_id,
                draft.location_id,
                draft.service_id,
                draft.title.strip(),
                self.frequency_id,
            ),
        )
        if same is not None:
            raise AppError("frequency.taken", name=name)


@dataclass(frozen=True, slots=True)
class DeleteFrequency(Command[None]):
    """Forget that this is wanted; undo brings it back."""

    frequency_id: int

    def execute(self, uow: UnitOfWork) -> None:
        found = _living(uow, self.frequency_id)
        uow.describe("deletion of a frequency of {name}", name=_name(uow, found))
        found.deleted_at = uow.now_at
        found.updated_at = uow.now_at


@dataclass(frozen=True, slots=True)
class SnoozeFrequency(Command[str]):
    """Ask later: ``until`` is "week", "month", "season" or an ISO date. Empty asks again now.

    Counted from today. "season" is the next start of each one's own season, and a year without
    one. Returns the day of the last one. Raises ``frequency.date`` for a day that is not ahead.
    """

    frequency_ids: tuple[int, ...]
    until: str

    def execute(self, uow: UnitOfWork) -> str:
        today = date.fromisoformat(_today(uow))
        day = ""
        names = []
        for frequency_id in self.frequency_ids:
            found = _living(uow, frequency_id)
            day = self._day(found, today)
            found.snoozed_until_on = day or None
            found.updated_at = uow.now_at
            names.append(_name(uow, found))
        what = "asking again of" if not self.until else "snooze of"
        _describe(uow, what, names)
        return day

    def _day(self, found: models.Frequency, today: date) -> str:
        if not self.until:
            return ""
        if self.until == WEEK:
            return (today + timedelta(days=7)).isoformat()
        if self.until == MONTH:
            return rules.stepped(today, Rhythm(1, "month")).isoformat()
        if self.until == NEXT_SEASON:
            return rules.season_start_after(today, _rhythm(found)).isoformat()
        try:
            day = date.fromisoformat(self.until)
        except ValueError as error:
            raise AppError("frequency.date", text=self.until) from error
        if day <= today:
            raise AppError("frequency.date", text=self.until)
        return day.isoformat()


@dataclass(frozen=True, slots=True)
class StopFrequency(Command[None]):
    """Not interested any more, with the reason if one was given."""

    frequency_ids: tuple[int, ...]
    reason: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        names = []
        for frequency_id in self.frequency_ids:
            found = _living(uow, frequency_id)
            found.stopped_at = uow.now_at
            found.stop_reason = self.reason.strip()[:_REASON_LENGTH]
            found.snoozed_until_on = None
            found.updated_at = uow.now_at
            names.append(_name(uow, found))
        _describe(uow, "not asking", names)


@dataclass(frozen=True, slots=True)
class ResumeFrequency(Command[None]):
    """Interested again: it is due when it would have been."""

    frequency_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> None:
        names = []
        for frequency_id in self.frequency_ids:
            found = _living(uow, frequency_id)
            found.stopped_at = None
            found.stop_reason = ""
            found.updated_at = uow.now_at
            names.append(_name(uow, found))
        _describe(uow, "asking again of", names)


@dataclass(frozen=True, slots=True)
class DismissQuiet(Command[None]):
    """Let quiet customers be: each gets a stopped frequency of the habit that was learned.

    So it is on record why nobody calls, it stands under *Not interested*, and it can be taken up.
    """

    contact_ids: tuple[int, ...]
    reason: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        names = []
        for contact_id in self.contact_ids:
            contact = uow.get(models.Contact, contact_id)
            visits = [
                date.fromisoformat(row[0])
                for row in uow.rows(
                    "SELECT DISTINCT substr(starts_local, 1, 10) FROM appointments"
                    " WHERE contact_id = ? AND state = 'done' AND kind = 'job'"
                    " AND deleted_at IS NULL",
                    (contact_id,),
                )
            ]
            days = min(rules.learned_interval(visits) or 365, rules.MOST["day"])
            uow.add(
                models.Frequency(
                    contact_id=contact_id,
                    title="",
                    every_n=days,
                    unit="day",
                    starts_on=_today(uow),
                    stopped_at=uow.now_at,
                    stop_reason=self.reason.strip()[:_REASON_LENGTH],
                    created_at=uow.now_at,
                    updated_at=uow.now_at,
                )
            )
            names.append(contact.display_name)
        _describe(uow, "not asking", names)


def _check_place(uow: UnitOfWork, draft: FrequencyDraft) -> None:
    if draft.location_id is not None:
        place = uow.get(models.Location, draft.location_id)
        if place.contact_id != draft.contact_id:
            raise AppError("frequency.place")
    if draft.service_id is not None:
        uow.get(models.Service, draft.service_id)


def _living(uow: UnitOfWork, frequency_id: int) -> models.Frequency:
    found = uow.get(models.Frequency, frequency_id)
    if found.deleted_at is not None:
        raise AppError("data.gone")
    return found


def _rhythm(found: models.Frequency) -> Rhythm:
    return Rhythm(found.every_n, found.unit, found.season_from, found.season_to)


def _name(uow: UnitOfWork, found: models.Frequency) -> str:
    return uow.get(models.Contact, found.contact_id).display_name


def _describe(uow: UnitOfWork, what: str, names: Sequence[str]) -> None:
    if len(names) == 1:
        uow.describe(f"{what} {{name}}", name=names[0])
    else:
        uow.describe(f"{what} {{count}} customers", count=len(names))


def _today(uow: UnitOfWork) -> str:
    zone = str(uow.value("SELECT zone FROM business WHERE id = 1"))
    return from_ms(uow.now_at, zone).date().isoformat()
