from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contact_choices import saved_filters
from tcf_desktop.services.queries.contact_filter import EVERYBODY, ContactFilter
from tcf_desktop.services.queries.palette import find
from tcf_desktop.services.saved_filters import DeleteFilter, RenameFilter, SaveFilter
from tcf_desktop.services.undo import UndoLast

QUIET = ContactFilter(city="Brandon", unseen_days=180)


def kept(office: Office) -> list[tuple[str, ContactFilter]]:
    return [(entry.name, entry.shown) for entry in office.read(saved_filters)]


def test_filter_is_kept_renamed_replaced_and_deleted_each_with_undo(office: Office) -> None:
    filter_id = office.runner.run(SaveFilter("  Quiet in\nBrandon ", QUIET))
    assert kept(office) == [("Quiet in Brandon", QUIET)]
    office.runner.run(RenameFilter(filter_id, "Brandon"))
    other = ContactFilter(city="Brandon")
    assert office.runner.run(SaveFilter("BRANDON", other)) == filter_id
    assert kept(office) == [("Brandon", other)]
    office.runner.run(UndoLast())
    assert kept(office) == [("Brandon", QUIET)]
    office.runner.run(DeleteFilter(filter_id))
    assert kept(office) == []
    office.runner.run(UndoLast())
    assert kept(office) == [("Brandon", QUIET)]


def test_filter_without_name_or_meaning_is_refused(office: Office) -> None:
    with pytest.raises(AppError) as refused:
        office.runner.run(SaveFilter(" \n", QUIET))
    assert refused.value.code == "filters.nameless"
    with pytest.raises(AppError) as refused:
        office.runner.run(SaveFilter("All", EVERYBODY))
    assert refused.value.code == "filters.empty"
    office.runner.run(SaveFilter("One", QUIET))
    second = office.runner.run(SaveFilter("Two", QUIET))
    with pytest.raises(AppError) as refused:
        office.runner.run(RenameFilter(second, "one"))
    assert refused.value.code == "filters.taken"
    office.runner.run(RenameFilter(second, "TWO"))
    assert [name for name, _ in kept(office)] == ["One", "TWO"]


def test_palette_finds_kept_filters_by_their_words(office: Office) -> None:
    filter_id = office.runner.run(SaveFilter("Quiet in Brandon", QUIET))
    found = office.read(lambda r: find(r, "brandon qui", office.clock.now_ms()))
    assert [(entry.kind, entry.id) for entry in found] == [("filter", filter_id)]
    assert office.read(lambda r: find(r, "brandon", 0, "contact")) == []
