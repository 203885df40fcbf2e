"""What stands in the detail pane of a contact, in its order: one line each.

A new block is a module with a :class:`DetailCard` and a line in ``CARDS``; ``left`` and ``right``
neighbours share a pair of columns that folds in a narrow pane. A fact of the strip, a part of the
sentence under the name and an entry of the "more" menu are a function and a line.
"""

from __future__ import annotations

from typing import Final

from tcf_desktop.views.contacts import detail_facts, detail_head, detail_merge, detail_privacy
from tcf_desktop.views.contacts.about_card import AboutCard
from tcf_desktop.views.contacts.complaints_card import ComplaintsCard
from tcf_desktop.views.contacts.detail_card import ActionPlace, CardPlace, Fact, Part
from tcf_desktop.views.contacts.detail_files import FilesCard, add_file, add_words
from tcf_desktop.views.contacts.detail_notes import NotesCard
from tcf_desktop.views.contacts.detail_places import PlacesCard
from tcf_desktop.views.contacts.detail_reach import ReachCard
from tcf_desktop.views.contacts.detail_timeline import TimelineCard
from tcf_desktop.views.contacts.detail_usual import UsualWorkCard

CARDS: Final[tuple[CardPlace, ...]] = (
    CardPlace("complaints", "wide", ComplaintsCard),
    CardPlace("places", "wide", PlacesCard),
    CardPlace("reach", "left", ReachCard),
    CardPlace("notes", "right", NotesCard),
    CardPlace("about", "left", AboutCard),
    CardPlace("usual", "wide", UsualWorkCard),
    CardPlace("files", "wide", FilesCard),
    CardPlace("timeline", "wide", TimelineCard),
)

FACTS: Final[tuple[Part[Fact | None], ...]] = (
    Part("owes", detail_facts.owes),
    Part("to_invoice", detail_facts.to_invoice),
    Part("paid", detail_facts.paid),
    Part("last_visit", detail_facts.last_visit),
    Part("interval", detail_facts.interval, detail_facts.load_interval),
)

SENTENCE: Final[tuple[Part[str], ...]] = (
    Part("company", detail_head.company),
    Part("since", detail_head.since),
    Part("source", detail_head.source),
    Part("rhythms", detail_head.rhythms, detail_head.load_rhythms),
    Part("tags", detail_head.tags),
)

ACTIONS: Final[tuple[ActionPlace, ...]] = (
    ActionPlace("files.add", add_words, add_file),
    ActionPlace("merge", detail_merge.merge_words, detail_merge.merge),
    ActionPlace("unmerge", detail_merge.unmerge_words, detail_merge.unmerge),
    ActionPlace("export", detail_privacy.export_words, detail_privacy.export),
    ActionPlace("erase", detail_privacy.erase_words, detail_privacy.erase),
)
