"""From the visits of a day to the strings on the crew's sheet.

The sheet is for the crew: it says how to get in and what the crew should know. It never goes to a
customer, and it holds no prices unless somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tcf_desktop.domain.appointments import arrival_end, shift_local
from tcf_desktop.domain.documents import LETTER_COUNTRIES, paper_for, print_date
from tcf_desktop.domain.money import format_money, format_quantity, format_unit_price
from tcf_desktop.domain.treatments import TreatmentFacts, print_time, treatment_rows

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOTE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """Something to be done: thousandths of a unit and the price of one."""

    name: str
    description: str
    qty_milli: int
    unit: str
    unit_price_e4: int


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit as planned. Times are wall times; ``arrival_minutes`` None when none was told.

    ``phone`` and ``person``: whom to call. ``notes``: those for the crew. ``measures``: name,
    thousandths, unit. ``code``: :mod:`tcf_desktop.domain.visit_code`. ``checklist``: text, whether
    it is done. ``treats``: products are put down, which must be recorded. ``route_position``: its
    place in the order of the day, where the office chose one.
    """

    starts_local: str
    minutes: int
    all_day: bool
    arrival_from_local: str | None
    arrival_minutes: int | None
    kind: str
    state: str
    title: str
    customer: str
    worker: str
    address: tuple[str, ...]
    person: str
    phone: str
    gate_code: str
    access_note: str
    notes: tuple[str, ...]
    measures: tuple[tuple[str, int, str], ...]
    work: tuple[WorkFacts, ...]
    total_cents: int
    code: str = ""
    checklist: tuple[tuple[str, bool], ...] = ()
    treats: bool = False
    treatments: tuple[TreatmentFacts, ...] = ()
    route_position: int | None = None


@dataclass(frozen=True, slots=True)
class CrewFacts:
    """A crew's day, its visits in order of time; ``licences``: name and licence of applicators."""

    name: str
    people: tuple[str, ...]
    visits: tuple[VisitFacts, ...]
    licences: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day (ISO date) of one crew or several."""

    on: str
    business: str
    country: str
    currency: str
    crews: tuple[CrewFacts, ...]


@dataclass(frozen=True, slots=True)
class PrintWork:
    """A line of work, ready to print; ``price`` is empty on a sheet without prices."""

    quantity: str
    name: str
    detail: str
    price: str


@dataclass(frozen=True, slots=True)
class PrintVisit:
    """A visit, ready to print. ``when``: the lines at the left, the first one strong.

    ``access``: label and text of what opens the place; ``facts``: label and text of the rest.
    ``checklist``: text and whether it is done. ``treatments``: rows of each record; ``to_fill``:
    rows of labels with what is known already, to be written on. ``signs``: labels over lines to
    write on.
    """

    when: tuple[str, ...]
    name: str
    detail: str
    facts: tuple[tuple[str, str], ...]
    access: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    work: tuple[PrintWork, ...]
    total: str
    code: str = ""
    checklist: tuple[tuple[str, bool], ...] = ()
    treatments: tuple[tuple[tuple[str, str], ...], ...] = ()
    to_fill: tuple[tuple[tuple[str, str], ...], ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintCrew:
    """The pages of one crew; ``total`` is empty on a sheet without prices."""

    name: str
    people: str
    summary: str
    visits: tuple[PrintVisit, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """What the PDF shows, word for word. Picklable: pages are made in another process."""

    title: str
    business_name: str
    day: str
    crews: tuple[PrintCrew, ...]
    paper: str = "letter"
    page_label: str = "Page {page} of {pages}"
    total_label: str = "Total"
    treatment_label: str = "Treatment"
    empty: str = "Nothing is planned on this day."


def build_day_sheet(facts: DayFacts, *, prices: bool = False, gate_codes: bool = True) -> DaySheet:
    """Word the sheet. Any text of a record is printed literally.

    Without ``gate_codes`` the sheet says only that there is one.
    """
    on = date.fromisoformat(facts.on)
    return DaySheet(
        title="Day sheet",
        business_name=facts.business,
        day=f"{_DAYS[on.weekday()]}, {print_date(facts.on)}",
        crews=tuple(
            _crew(crew, facts, prices=prices, gate_codes=gate_codes) for crew in facts.crews
        ),
        paper=paper_for(facts.country),
    )


def in_order(visits: Iterable[VisitFacts]) -> tuple[VisitFacts, ...]:
    """As the crew drives: the order that the office chose, else by time.

    What was booked after the order was chosen stands before the first visit that starts later.
    """
    by_time = sorted(visits, key=lambda visit: (not visit.all_day, visit.starts_local))
    rest = [visit for visit in by_time if visit.route_position is None]
    chosen = [visit for visit in by_time if visit.route_position is not None]
    chosen.sort(key=lambda visit: visit.route_position or 0)
    if not chosen:
        return tuple(rest)
    for visit in rest:
        starts = enumerate(other.starts_local for other in chosen)
        place = next((n for n, start in starts if start > visit.starts_local), len(chosen))
        chosen.insert(0 if visit.all_day else place, visit)
    return tuple(chosen)


def print_range(start: str, end: str, *, twelve: bool) -> str:
    """``8:00–9:30 AM``; the half of the day once where both share it."""
    first, last = print_time(start, twelve=twelve), print_time(end, twelve=twelve)
    if twelve and first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last}"


def print_length(minutes: int) -> str:
    """``1 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest else "")))


def _crew(crew: CrewFacts, day: DayFacts, *, prices: bool, gate_codes: bool) -> PrintCrew:
    planned = sum(visit.minutes for visit in crew.visits if not visit.all_day)
    count = len(crew.visits)
    visits = f"{count} visit" if count == 1 else f"{count} visits"
    length = print_length(planned)
    total = sum(visit.total_cents for visit in crew.visits)
    return PrintCrew(
        name=crew.name,
        people=", ".join(crew.people),
        summary=f"{visits}, {length} planned" if length else visits,
        visits=tuple(
            _visit(visit, crew, day, prices=prices, gate_codes=gate_codes)
            for visit in in_order(crew.visits)
        ),
        total=format_money(total, day.currency) if prices else "",
    )


def _visit(
    visit: VisitFacts, crew: CrewFacts, day: DayFacts, *, prices: bool, gate_codes: bool
) -> PrintVisit:
    twelve = not day.country or day.country.upper() in LETTER_COUNTRIES
    code = visit.gate_code.strip()
    if code and not gate_codes:
        code = "ask the office"
    title = visit.title if visit.title != visit.customer else ""
    kind = "Estimate" if visit.kind == "estimate" else ""
    held = "not confirmed yet" if visit.state == "tentative" else ""
    with_whom = f"for {visit.worker}" if visit.worker else ""
    call = ", ".join(filter(None, (visit.phone, visit.person)))
    measures = " · ".join(_measure(*measure) for measure in visit.measures)
    return PrintVisit(
        when=_when(visit, twelve=twelve),
        name=visit.customer or visit.title or "Visit",
        detail=", ".join(filter(None, (kind, title, held, with_whom))),
        facts=_filled(("Where", ", ".join(visit.address)), ("Call", call), ("Measures", measures)),
        access=_filled(("Gate code", code), ("Access", _short(visit.access_note))),
        notes=tuple(("Note", _short(note)) for note in visit.notes if note.strip()),
        work=tuple(_work(work, day.currency, prices=prices) for work in visit.work),
        total=format_money(visit.total_cents, day.currency) if prices and visit.total_cents else "",
        code=visit.code,
        checklist=visit.checklist,
        treatments=tuple(treatment_rows(each, twelve=twelve) for each in visit.treatments),
        to_fill=_to_fill(crew) if visit.treats and not visit.treatments else (),
        signs=("Arrived", "Left", "Customer's signature") if visit.customer else (),
    )


def _to_fill(crew: CrewFacts) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The lines that the crew fills in where products are put down; one applicator is known."""
    name, licence = crew.licences[0] if len(crew.licences) == 1 else ("", "")
    return (
        (("Product", ""), ("EPA reg. no.", "")),
        (("Amount", ""), ("Area", "")),
        (("Target", ""), ("Time", "")),
        (("Weather", ""), ("Temperature", ""), ("Wind", "")),
        (("Applicator", name), ("Licence", licence)),
    )


def _when(visit: VisitFacts, *, twelve: bool) -> tuple[str, ...]:
    if visit.all_day:
        return ("All day",)
    end = shift_local(visit.starts_local, visit.minutes)
    lines = [print_range(visit.starts_local, end, twelve=twelve)]
    if visit.arrival_minutes:
        start = visit.arrival_from_local or visit.starts_local
        until = arrival_end(visit.starts_local, start, visit.arrival_minutes)
        lines += ["Customer expects you", print_range(start, until, twelve=twelve)]
    return (*lines, print_length(visit.minutes))


def _work(work: WorkFacts, currency: str, *, prices: bool) -> PrintWork:
    return PrintWork(
        quantity=f"{format_quantity(work.qty_milli)} ×",
        name=work.name,
        detail=" · ".join(
            filter(None, (f"per {work.unit}" if work.unit else "", work.description))
        ),
        price=format_unit_price(work.unit_price_e4, currency) if prices else "",
    )


def _measure(name: str, milli: int, unit: str) -> str:
    """``Lawn 5.5 sq ft``; ``Panes 42`` where the unit is the name once more."""
    said = "" if unit.casefold() == name.casefold() else unit
    return f"{name} {format_quantity(milli)} {said}".strip()


def _filled(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text.strip()) for label, text in rows if text.strip())


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _NOTE_CHARACTERS else text[: _NOTE_CHARACTERS - 1] + "…"
