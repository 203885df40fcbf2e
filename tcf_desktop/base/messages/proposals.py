"""Proposals."""

WORDS: dict[str, tuple[str, str]] = {
    "proposal.unknown": ("There is no proposal {number}.", "The list of proposals shows them all."),
    "proposal.not_draft": (
        "Proposal {number} was sent and stays as it is. Nothing was changed.",
        "Revise it: the new version keeps the number.",
    ),
    "proposal.not_open": (
        "Proposal {number} does not wait for an answer. Nothing was changed.",
        "Look at its state: it was answered, replaced, or never sent.",
    ),
    "proposal.empty": (
        "This proposal has nothing to accept, so it was not sent. The draft is kept.",
        "Each alternative needs at least one line that is not optional.",
    ),
    "proposal.negative": (
        "This proposal comes to less than zero, so it was not sent. The draft is kept.",
        "Check the quantities and prices.",
    ),
    "proposal.past": (
        "This proposal would be valid until {day}, which is over. It was not sent.",
        "Choose a later day.",
    ),
    "proposal.bad_deposit": (
        "A deposit is a share from 0 to 100 %, or an amount of zero or more.",
        "Check the deposit.",
    ),
    "proposal.bad_option": (
        "A proposal can hold {most} alternatives. Nothing was changed.",
        "Choose one of those that it has.",
    ),
    "proposal.bad_line": (
        "The proposal has no optional line {line} there. Nothing was changed.",
        "Choose one of its optional lines.",
    ),
    "proposal.no_name": (
        "A proposal is accepted by somebody. Nothing was changed.",
        "Say who accepted it.",
    ),
    "proposal.revised": (
        "A new version of {number} is being written already. Nothing was made.",
        "Open that draft.",
    ),
    "proposal.billed": (
        "Proposal {number} is on invoice {invoice} already. Nothing was made.",
        "Open that invoice instead.",
    ),
    "proposal.has_visits": (
        "Proposal {number} has visits on the schedule, which are billed when they are done."
        " Nothing was made.",
        "Invoice the visits, or take them off the schedule first.",
    ),
    "proposal.has_money": (
        "Money was received or billed for proposal {number}. Nothing was changed.",
        "Give it back or credit it first.",
    ),
}
