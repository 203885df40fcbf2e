"""Any contact at all, as hypothesis makes them: tidied, without ids."""

from __future__ import annotations

from hypothesis import strategies as st

from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Named,
    NoteDraft,
    Phone,
    Place,
    tidy,
)

_NASTY = (
    "=1+1", "+1 605 555 0148", "(+48) 601", "-2", "@x", "'=x", "'(+1)", ";", ",", "\\", "\\n",
    'say "hi"', "* Home", "a ::: b", "item1.TEL:1", "END:VCARD", "mailto:x@y.z", "tel:5", "Straße",
    "— no date —", "\\— no date —", "Zoë, Ann;", "shalom שלום", "😀" * 30, "x" * 120, "Work",
    "a:b", "work", "* myContacts", " ::: ", "None", "1", "geo:1,2",
)  # fmt: skip
_TEXT = st.one_of(st.just(""), st.sampled_from(_NASTY), st.text(max_size=25))
_LINES = st.lists(_TEXT, max_size=3).map("\n".join)
_FILLED = st.one_of(st.sampled_from(_NASTY), st.text(min_size=1, max_size=15))
_NAMED = st.lists(st.builds(Named, _FILLED, _FILLED), max_size=3).map(tuple)
_INSTANT = st.one_of(st.just(0), st.integers(1, 4_102_444_800_000))
_DEGREES = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def _places(draw: st.DrawFn) -> Place:
    position = draw(_DEGREES)
    lat, lon = position or (None, None)
    return Place(
        *(draw(_TEXT) for _ in range(7)),
        access_note=draw(_LINES),
        is_billing=draw(st.booleans()),
        lat=lat,
        lon=lon,
        gate_code=draw(_TEXT),
        person=draw(_TEXT),
        person_phone=draw(_TEXT),
        measures=draw(_NAMED),
        tax=draw(_TEXT),
    )


def contact_drafts() -> st.SearchStrategy[ContactDraft]:
    """Every part of a draft, filled with anything."""
    return st.builds(
        ContactDraft,
        first_name=_TEXT,
        last_name=_TEXT,
        company=_TEXT,
        kind=st.sampled_from(["customer", "prospect"]),
        segment=st.sampled_from(["residential", "commercial"]),
        phones=st.lists(st.builds(Phone, _TEXT, _TEXT), max_size=3).map(tuple),
        emails=st.lists(st.builds(Email, _TEXT, _TEXT), max_size=3).map(tuple),
        places=st.lists(_places(), max_size=2).map(tuple),
        tags=st.lists(_TEXT, max_size=3).map(tuple),
        notes=st.lists(
            st.builds(
                NoteDraft,
                _LINES,
                st.sampled_from(["office", "crew", "document"]),
                at=_INSTANT,
            ),
            max_size=3,
        ).map(tuple),
        source=_TEXT,
        language=_TEXT,
        crew=_TEXT,
        price_list=_TEXT,
        terms_days=st.none() | st.integers(0, 3650),
        exemption=st.none() | st.builds(Exemption, _TEXT, _TEXT, _TEXT),
        fields=_NAMED,
    ).map(tidy)
