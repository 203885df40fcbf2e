"""The words of every error code: what happened and that nothing is lost, then what to do.

Templates take the error's parameters as ``{name}``. ``qtkit.messages`` translates them; the
command line prints them as they stand. Add the codes of an area at the end of its block.
"""

from __future__ import annotations

from tcf_desktop.base.messages import (
    attachments,
    billing,
    contacts,
    files,
    filters,
    frequency,
    imports,
    invoicing,
    merging,
    moves,
    office,
    paper,
    privacy,
    program,
    proposals,
    record,
    repeating,
    series,
    story,
    team,
)

MESSAGES: dict[str, tuple[str, str]] = {
    **program.WORDS, **office.WORDS, **contacts.WORDS, **files.WORDS,
    **attachments.WORDS, **frequency.WORDS,
    **record.WORDS,
    **repeating.WORDS,
    **story.WORDS,
    **merging.WORDS,
    **privacy.WORDS,
    **filters.WORDS,
    **imports.WORDS,
    **series.WORDS,
    **team.WORDS,
    **moves.WORDS,
    **paper.WORDS,
    **billing.WORDS,
    **invoicing.WORDS,
    **proposals.WORDS,
}  # fmt: skip
