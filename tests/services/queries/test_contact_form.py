"""What the contact form offers: what is in use, and what was written most often first."""

from __future__ import annotations

from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.custom_fields import RemoveField, SaveField
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.office import Office
from tcf_desktop.services.price_lists import RemovePriceList, SavePriceList
from tcf_desktop.services.queries.contact_form import (
    FieldChoice,
    MeasureChoice,
    form_choices,
    used_words,
)


def test_choices_leave_out_what_was_removed(office: Office) -> None:
    run = office.runner.run
    run(SaveField(None, "Door", "choice", ("Red", "Blue")))
    run(RemoveField(run(SaveField(None, "Gone", "text"))))
    run(SaveMeasure(None, "Panes", "panes"))
    run(SavePriceList(None, "Chains"))
    run(RemovePriceList(run(SavePriceList(None, "Old"))))
    choices = office.read(form_choices)
    assert choices.fields == (FieldChoice("Door", "choice", ("Red", "Blue")),)
    assert choices.measures == (MeasureChoice("Panes", "panes"),)
    assert choices.price_lists == ("Chains",)
    assert [name for _, name in choices.taxes] == ["Sioux Falls 6.2 %"]
    assert choices.country == "US"


def test_words_of_others_come_with_the_commonest_first(office: Office) -> None:
    run = office.runner.run
    for tags, source in ((("a", "VIP"), "Sign"), (("VIP",), "Web"), (("VIP", "b"), "Web")):
        run(SaveContact(ContactDraft(last_name="X", tags=tags, source=source)))
    gone = run(SaveContact(ContactDraft(last_name="Y", tags=("gone",), source="Gone")))
    run(DeleteContact((gone,)))
    used = office.read(used_words)
    assert used.tags == ("VIP", "a", "b")
    assert used.sources == ("Web", "Sign")
