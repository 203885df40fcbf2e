"""Proposals: figures of alternatives, sending, versions, answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email
from tcf_desktop.services.check import check_office
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.proposal_drafts import (
    ProposalDraft,
    ProposalLineDraft,
    ProposalOptionDraft,
    figures_of,
)
from tcf_desktop.services.proposal_papers import proposal_pdf
from tcf_desktop.services.proposals import (
    DeclineProposal,
    DiscardProposal,
    DraftProposal,
    DuplicateProposal,
    ReviseProposal,
    SaveProposalDraft,
    SendProposal,
    SetFollowUp,
)
from tcf_desktop.services.queries.proposals import (
    proposal_by_number,
    proposal_counts,
    proposal_list,
    proposal_rows,
)
from tcf_desktop.services.undo import UndoLast
from tests.services.billing_tools import TODAY, code_of, customer_named
from tests.services.proposal_tools import offer, proposal_of, sent, written

GOOD_BETTER = (ProposalOptionDraft("Good"), ProposalOptionDraft("Better", "With screens"))


def blank(*lines: ProposalLineDraft, **more: object) -> ProposalDraft:
    return ProposalDraft(None, "", "", "", "", "", None, "", lines, **more)  # type: ignore[arg-type]


def test_each_alternative_has_its_own_lines_and_the_common_ones() -> None:
    figures = figures_of(
        blank(
            offer(1_000), offer(500, option_n=1), offer(900, option_n=2), options=GOOD_BETTER,
            deposit_ppm=500_000,
        ),
        (),
    )  # fmt: skip
    assert [each.totals.total_cents for each in figures.options] == [1_500, 1_900]
    assert [each.deposit_cents for each in figures.options] == [750, 950]
    assert figures.of(2).option_n == 2
    assert figures.of(0).option_n == 1


def test_an_optional_line_counts_only_when_it_is_chosen() -> None:
    plain = blank(offer(1_000), offer(250, is_optional=True))
    chosen = blank(offer(1_000), offer(250, is_optional=True, is_chosen=True))
    assert figures_of(plain, ()).of(0).totals.total_cents == 1_000
    assert figures_of(chosen, ()).of(0).totals.total_cents == 1_250
    assert figures_of(plain, ()).amounts == (1_000, 250)


@pytest.mark.parametrize(
    ("more", "cents"),
    [
        ({"deposit_ppm": 333_333}, 33),
        ({"deposit_fixed_cents": 4_000}, 100),  # never more than the whole
        ({}, 0),
    ],
)
def test_a_deposit_is_a_share_or_an_amount(more: dict[str, int], cents: int) -> None:
    assert figures_of(blank(offer(100), **more), ()).of(0).deposit_cents == cents


@pytest.mark.parametrize(
    "more", [{"deposit_ppm": 1_000_001}, {"deposit_fixed_cents": -1}, {"deposit_ppm": -1}]
)
def test_an_odd_deposit_is_refused(more: dict[str, int]) -> None:
    with pytest.raises(AppError, match="deposit"):
        figures_of(blank(offer(100), **more), ())


def test_a_new_draft_follows_the_customer_and_has_no_number(office: Office) -> None:
    detail = proposal_of(office, office.runner.run(DraftProposal(customer_named(office))))
    assert (detail.number, detail.state, detail.customer) == (None, "draft", "Moe, Ellen")
    assert detail.draft.bill_to.startswith("Ellen Moe\n900 N Phillips Ave")
    assert detail.draft.valid_until_on > TODAY


def test_what_was_written_is_read_back(office: Office) -> None:
    lines = (
        offer(1_000, option_n=1, discount_ppm=100_000, unit="pane"),
        offer(2_000, option_n=2, is_optional=True),
        offer(3_000, option_n=2),
    )
    made = written(
        office, customer_named(office), *lines, title="Spring", options=GOOD_BETTER,
        deposit_fixed_cents=500, follow_up_on="2026-08-01",
    )  # fmt: skip
    detail = proposal_of(office, made)
    assert detail.draft.lines == lines
    assert detail.draft.options == GOOD_BETTER
    assert (detail.draft.title, detail.draft.follow_up_on) == ("Spring", "2026-08-01")
    assert detail.amounts == (900, 2_000, 3_000)
    assert [each.total_cents for each in detail.options] == [900, 3_000]
    fewer = replace(detail.draft, options=(), lines=(offer(700),))
    office.runner.run(SaveProposalDraft(made, fewer))
    assert [each.total_cents for each in proposal_of(office, made).options] == [700]
    assert check_office(office).ok


def test_sending_numbers_and_fixes_a_proposal(office: Office) -> None:
    made = sent(office, customer_named(office), offer(1_000))
    detail = proposal_of(office, made)
    assert detail.number
    assert (detail.state, detail.sent_on, detail.sent_how) == ("sent", TODAY, "print")
    assert detail.draft.follow_up_on > TODAY
    change = SaveProposalDraft(made, detail.draft)
    assert code_of(office, change) == "proposal.not_draft"
    assert code_of(office, SendProposal(made, "print")) == "proposal.not_draft"
    assert code_of(office, DiscardProposal(made)) == "proposal.not_draft"


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        ((), {}, "proposal.empty"),
        ((offer(100, is_optional=True),), {}, "proposal.empty"),
        ((offer(100, option_n=1),), {"options": GOOD_BETTER}, "proposal.empty"),
        ((offer(-100),), {}, "proposal.negative"),
        ((offer(100),), {"valid_until_on": "2026-07-13"}, "proposal.past"),
    ],
)
def test_what_cannot_be_accepted_is_not_sent(
    office: Office, lines: tuple[ProposalLineDraft, ...], more: dict[str, object], code: str
) -> None:
    made = written(office, customer_named(office), *lines, **more)
    assert code_of(office, SendProposal(made, "print")) == code
    detail = proposal_of(office, made)
    assert (detail.state, detail.number) == ("draft", None)
    assert office.read(lambda r: r.value("SELECT count(*) FROM number_series")) == 0


def test_a_mail_waits_for_the_office_and_needs_an_address(office: Office) -> None:
    without = written(office, customer_named(office), offer(100))
    assert code_of(office, SendProposal(without, "email")) == "messages.no_address"
    assert proposal_of(office, without).state == "draft"
    reachable = office.runner.run(
        SaveContact(ContactDraft(first_name="Jo", emails=(Email("jo@example.com"),)))
    )
    made = written(office, reachable, offer(100), title="Gutters")
    number = office.runner.run(SendProposal(made, "email"))
    row = office.read(
        lambda r: r.one("SELECT state, subject, body FROM messages WHERE proposal_id = ?", (made,))
    )
    assert row is not None
    assert (row[0], number in row[1], "Gutters" in row[2]) == ("waiting", True, True)
    office.runner.run(DeclineProposal(made, "Too dear"))
    assert office.read(lambda r: r.value("SELECT state FROM messages")) == "cancelled"


def test_a_revision_keeps_the_number_and_the_one_that_was_sent(office: Office) -> None:
    first = sent(office, customer_named(office), offer(1_000))
    before = proposal_pdf(office, first, TODAY)
    second = office.runner.run(ReviseProposal(first))
    assert code_of(office, ReviseProposal(first)) == "proposal.revised"
    assert proposal_of(office, first).state == "sent"
    draft = replace(proposal_of(office, second).draft, lines=(offer(800),))
    office.runner.run(SaveProposalDraft(second, draft))
    office.runner.run(SendProposal(second, "hand"))
    old, new = proposal_of(office, first), proposal_of(office, second)
    assert (old.state, old.total_cents, new.state, new.total_cents) == (
        "replaced", 1_000, "sent", 800,
    )  # fmt: skip
    assert new.full_number == f"{old.number} / 2"
    assert [each.revision for each in new.versions] == [1, 2]
    assert proposal_pdf(office, first, TODAY) == before
    assert office.read(lambda r: proposal_by_number(r, str(old.number))) == second
    assert office.read(lambda r: proposal_by_number(r, f"{old.number} / 1")) == first
    assert check_office(office).ok


def test_a_discarded_version_leaves_the_one_that_was_sent_in_force(office: Office) -> None:
    first = sent(office, customer_named(office), offer(1_000))
    office.runner.run(DiscardProposal(office.runner.run(ReviseProposal(first))))
    third = office.runner.run(ReviseProposal(first))
    assert proposal_of(office, third).revision == 3
    assert proposal_of(office, first).state == "sent"


def test_a_copy_for_another_customer_takes_the_lines_only(office: Office) -> None:
    first = sent(office, customer_named(office), offer(1_000), internal_note="secret")
    other = customer_named(office, "Ann", "Bell")
    copy = proposal_of(office, office.runner.run(DuplicateProposal(first, other)))
    assert (copy.contact_id, copy.number, copy.state) == (other, None, "draft")
    assert copy.draft.bill_to.startswith("Ann Bell")
    assert (copy.draft.internal_note, copy.subtotal_cents) == ("", 1_000)


def test_declining_and_a_follow_up_can_be_undone(office: Office) -> None:
    made = sent(office, customer_named(office), offer(1_000), follow_up_on="2026-07-20")
    office.runner.run(SetFollowUp(made, ""))
    office.runner.run(DeclineProposal(made, " Too dear ", "2026-07-15"))
    declined = proposal_of(office, made)
    assert (declined.state, declined.declined_on, declined.decline_reason) == (
        "declined", "2026-07-15", "Too dear",
    )  # fmt: skip
    assert code_of(office, DeclineProposal(made)) == "proposal.not_open"
    office.runner.run(UndoLast())
    assert proposal_of(office, made).state == "sent"
    office.runner.run(UndoLast())
    assert proposal_of(office, made).draft.follow_up_on == "2026-07-20"


def test_lists_show_what_waits_what_is_over_and_whom_to_ask(office: Office) -> None:
    ellen, ann = customer_named(office), customer_named(office, "Ann", "Bell")
    waits = sent(office, ellen, offer(100), title="Gutters", follow_up_on="2026-07-14")
    over = sent(office, ann, offer(200), valid_until_on="2026-07-14", follow_up_on="2026-08-30")
    draft = written(office, ann, offer(300))
    later = "2026-07-15"

    def ids(shown: str, text: str = "") -> list[int]:
        return list(
            office.read(
                lambda r: proposal_list(
                    r, later, shown=shown, text=text, sort="total", descending=False
                )
            ).ids
        )

    assert ids("all") == [waits, over, draft]
    assert (ids("sent"), ids("expired"), ids("draft")) == ([waits], [over], [draft])
    assert ids("follow_up") == [waits]
    assert (ids("all", "gutt"), ids("all", "bell")) == ([waits], [over, draft])
    assert ids("all", str(proposal_of(office, over).number)) == [over]
    counts = office.read(lambda r: proposal_counts(r, later))
    assert (counts["all"], counts["expired"], counts["accepted"]) == (3, 1, 0)
    row = office.read(lambda r: proposal_rows(r, [over]))[over]
    assert (row.shown_state(later), row.shown_state(TODAY)) == ("expired", "sent")
    for sort in ("number", "customer", "title", "sent", "valid", "follow_up", "total"):
        found = office.read(lambda r, by=sort: proposal_list(r, later, sort=by))  # type: ignore[misc]
        assert sorted(found.ids) == [waits, over, draft]
