"""Where proposals show up beside their own page: Today, the timeline, the palette."""

from __future__ import annotations

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.services.office import Office
from tcf_desktop.services.proposals import DeclineProposal, ReviseProposal, SetFollowUp
from tcf_desktop.services.queries.palette import find
from tcf_desktop.services.queries.timeline import timeline
from tcf_desktop.services.queries.today import local_day
from tcf_desktop.services.queries.today_kinds import ToAskAgain, to_ask_again
from tests.services.billing_tools import TODAY, customer_named
from tests.services.proposal_tools import offer, proposal_of, sent, written


def asked_again(office: Office, clock: FrozenClock) -> ToAskAgain | None:
    day = local_day(clock.now_ms(), "America/Chicago")
    return office.read(lambda r: to_ask_again(r, day))


def test_a_proposal_is_work_for_today_from_its_follow_up_day_until_it_is_answered(
    office: Office, clock: FrozenClock
) -> None:
    who = customer_named(office)
    assert asked_again(office, clock) is None
    written(office, who, offer(1_00))  # a draft waits for nobody
    proposal_id = sent(office, who, offer(250_00))
    office.runner.run(SetFollowUp(proposal_id, "2026-07-15"))
    assert asked_again(office, clock) is None
    office.runner.run(SetFollowUp(proposal_id, TODAY))
    found = asked_again(office, clock)
    assert found is not None
    assert [(row[0], row[2]) for row in found.first] == [(proposal_id, 250_00)]
    office.runner.run(DeclineProposal(proposal_id, "Too expensive"))
    assert asked_again(office, clock) is None


def test_the_timeline_tells_every_version_and_its_answer(
    office: Office, clock: FrozenClock
) -> None:
    who = customer_named(office)
    first = sent(office, who, offer(250_00), title="Spring cleaning")
    second = office.runner.run(ReviseProposal(first))

    def told() -> list[tuple[int | None, str, str, int]]:
        page = office.read(lambda r: timeline(r, who, clock.now_ms(), group="money"))
        return [
            (entry.opens, entry.state, entry.about, entry.amount_cents)
            for entry in page.entries
            if entry.kind == "proposal"
        ]

    number = proposal_of(office, first).full_number
    assert {row[:2] for row in told()} == {(first, "sent"), (second, "draft")}
    office.runner.run(DeclineProposal(first, "Not now"))
    assert (first, "declined", number, 250_00) in told()


def test_a_proposal_is_found_by_its_number_where_anything_is_searched(
    office: Office, clock: FrozenClock
) -> None:
    proposal_id = sent(office, customer_named(office), offer(250_00))
    number = proposal_of(office, proposal_id).full_number
    hits = office.read(lambda r: find(r, number[:-1], clock.now_ms()))
    assert (proposal_id, number) in [(hit.id, hit.title) for hit in hits if hit.kind == "proposal"]
