"""Raising prices: a preview that tells all, one step that can be taken back."""

from __future__ import annotations

import dataclasses

from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.price_rise import PriceRise
from tcf_desktop.services.catalog import DeleteService, SaveService
from tcf_desktop.services.check import check_office
from tcf_desktop.services.frequencies import FrequencyDraft, SaveFrequency
from tcf_desktop.services.office import Office
from tcf_desktop.services.price_lists import SavePriceList, SetListPrice
from tcf_desktop.services.price_rise import RaisePrices
from tcf_desktop.services.queries.price_rise import RisenPrice, risen_prices
from tcf_desktop.services.undo import UndoLast
from tests.services.billing_tools import (
    code_of,
    customer_named,
    detail_of,
    draft_of,
    issued,
    line,
)

FIVE = PriceRise(50_000)


def preview(office: Office, rise: PriceRise = FIVE) -> tuple[RisenPrice, ...]:
    return office.read(lambda r: risen_prices(r, rise))


def prices(office: Office) -> dict[str, int]:
    return {f"{row.kind} {row.name}": row.old_e4 // E4 for row in preview(office)}


def stocked(office: Office) -> int:
    """Three services, one of them removed and one free; a list price; a due price."""
    run = office.runner.run
    mowing = run(SaveService(None, "Mowing", 40_00 * E4))
    run(SaveService(None, "Look at it", 0))
    run(DeleteService(run(SaveService(None, "Gone", 10_00 * E4))))
    clubs = run(SavePriceList(None, "Clubs"))
    run(SetListPrice(clubs, mowing, 35_00 * E4))
    who = customer_named(office)
    run(SaveFrequency(None, FrequencyDraft(who, Rhythm(2, "week"), None, mowing, "", 42_00)))
    return who


def test_the_preview_names_every_price_that_would_change(office: Office) -> None:
    before = {row.name for row in preview(office)}
    stocked(office)
    added = [row for row in preview(office) if row.name not in before]
    assert [(row.kind, row.name, row.about, row.old_e4, row.new_e4) for row in added] == [
        ("service", "Mowing", "", 40_00 * E4, 42_00 * E4),
        ("list", "Mowing", "Clubs", 35_00 * E4, 36_75 * E4),
        ("due", "Mowing", "Moe, Ellen", 42_00 * E4, 44_10 * E4),
    ]


def test_all_rise_in_one_step_and_go_back_with_undo(office: Office) -> None:
    who = stocked(office)
    paper = issued(office, who, draft_of(line(40_00)))
    before = prices(office)
    rows = preview(office)
    assert office.runner.run(RaisePrices(rows)) == len(rows)
    after = prices(office)
    assert after["service Mowing"] == 42_00
    assert after["due Mowing"] == 44_10
    assert detail_of(office, paper).lines[0].unit_price_e4 == 40_00 * E4
    office.runner.run(UndoLast())
    assert prices(office) == before
    assert check_office(office).problems == ()


def test_what_was_changed_in_the_meantime_stops_all_of_it(office: Office) -> None:
    stocked(office)
    rows = preview(office)
    stale = (*rows[:-1], dataclasses.replace(rows[-1], old_e4=1 * E4))
    before = prices(office)
    assert code_of(office, RaisePrices(stale)) == "prices.changed"
    assert code_of(office, RaisePrices(())) == "prices.nothing"
    assert prices(office) == before
