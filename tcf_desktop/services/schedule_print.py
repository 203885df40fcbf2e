"""Week, month and list on paper: made in the worker process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.schedule_print import (
    PrintList,
    PrintTable,
    month_range,
    month_table,
    plan_list,
    week_table,
)
from tcf_desktop.services.queries.schedule_print import plan_facts

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

TABLE: Final = "tcf_desktop.integrations.pdf.schedule:render"
LIST: Final = "tcf_desktop.integrations.pdf.schedule_list:render"
PlanKind = Literal["week", "month", "list"]


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What is printed: the days from ``first_on`` to ``last_on`` (for a month, the month of
    ``first_on``) without the ``hidden`` crews."""

    kind: PlanKind
    first_on: date
    last_on: date
    hidden: Collection[int] = ()
    week_start: int = 0


def plan_document(office: Office, choice: PlanChoice) -> PrintTable | PrintList:
    """What will stand on the paper; ``schedule.nothing_to_print`` when that is nothing."""
    first, last = choice.first_on, choice.last_on
    if choice.kind == "month":
        first, last = month_range(choice.first_on, choice.week_start)
    now = office.clock.now_ms()
    facts = office.read(
        lambda r: plan_facts(
            r, first, last, now, hidden=choice.hidden, with_addresses=choice.kind == "list"
        )
    )
    if not facts.visits:
        raise AppError("schedule.nothing_to_print")
    if choice.kind == "month":
        return month_table(facts, choice.first_on, choice.week_start)
    return week_table(facts) if choice.kind == "week" else plan_list(facts)


def render_plan(office: Office, choice: PlanChoice) -> bytes:
    """The PDF. Blocks."""
    document = plan_document(office, choice)
    maker = LIST if isinstance(document, PrintList) else TABLE
    content: bytes = office.ports.documents.run(maker, document)
    return content
