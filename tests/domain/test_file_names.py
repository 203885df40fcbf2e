"""Names of kept files: safe to show and to open, whatever they were called."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.file_names import (
    MOST_CHARACTERS,
    SUFFIXES,
    document_file_name,
    safe_name,
    suffix_of,
)


@pytest.mark.parametrize(
    ("name", "mime", "safe"),
    [
        ("photo.JPG", "image/jpeg", "photo.jpg"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("..\\..\\x", "application/pdf", "x.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("CON.pdf", "application/pdf", "_CON.pdf"),
        ("com1.tar.pdf", "application/pdf", "_com1.tar.pdf"),
        ("a.pdf:ads", "application/pdf", "a.pdf_ads.pdf"),
        ("trailing.pdf. . .", "application/pdf", "trailing.pdf"),
        ("photo\u202egpj.exe", "image/jpeg", "photogpj.exe.jpg"),
        ("song.exe", "image/png", "song.exe.png"),
        ("notes.jpg", "text/plain", "notes.jpg.txt"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("", "image/png", "file.png"),
        ("///", "image/png", "file.png"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("line\nbreak\tand\x00nul.pdf", "application/pdf", "line break and nul.pdf"),
        ("<img src=x>.pdf", "application/pdf", "_img src=x_.pdf"),
        ("Müller & Söhne 100% {0}.pdf", "application/pdf", "Müller & Söhne 100% {0}.pdf"),
    ],
)
def test_names_lose_what_could_harm_and_nothing_else(name: str, mime: str, safe: str) -> None:
    assert safe_name(name, mime) == safe


def test_twins_in_two_normal_forms_become_one_name() -> None:
    composed, split = "Café.pdf", unicodedata.normalize("NFD", "Café.pdf")
    assert composed != split
    assert safe_name(composed, "application/pdf") == safe_name(split, "application/pdf")


def test_long_names_are_cut_and_keep_their_suffix() -> None:
    assert safe_name("x" * 300 + ".pdf", "application/pdf") == "x" * 116 + ".pdf"
    wide = safe_name(
        "窗" * 300 + ".docx", next(m for m in SUFFIXES if m.endswith("processingml.document"))
    )
    assert wide.endswith(".docx")
    assert len(wide.encode()) <= 200


@given(st.text(max_size=400), st.sampled_from(sorted(SUFFIXES)))
def test_any_name_becomes_one_part_of_a_path_with_the_suffix_of_its_type(
    name: str, mime: str
) -> None:
    safe = safe_name(name, mime)
    assert 0 < len(safe) <= MOST_CHARACTERS
    assert len(safe.encode()) <= 200
    assert not set('<>:"/\\|?*') & set(safe)
    assert all(unicodedata.category(char)[0] != "C" for char in safe)
    assert safe == safe.strip(" ")
    assert not safe.startswith(".")
    assert safe.casefold().endswith(SUFFIXES[mime])
    assert safe_name(safe, mime) == safe


def test_types_that_are_not_kept_have_no_suffix() -> None:
    assert suffix_of("text/html") == ""


@pytest.mark.parametrize(
    ("rule", "number", "customer", "name"),
    [
        ("{kind} {number} {customer}", "1043", "Falls Park", "Invoice 1043 Falls Park.pdf"),
        ("{kind} {number} {customer}", "", "Falls Park", "Invoice draft Falls Park.pdf"),
        ("{date}_{number}", "2026/07-1", "x", "2026-07-14_2026-07-1.pdf"),
        ("{customer}", "1043", "{number} ../../etc", "{number} ..-..-etc.pdf"),
        ("{customer}", "1043", "a:b*c?", "a_b_c_.pdf"),
        ("{other} {number}", "1043", "x", "{other} 1043.pdf"),
        ("", "1043", "x", "Invoice 1043.pdf"),
        ("{customer}", "1043", " / ", "Invoice 1043.pdf"),
        ("CON", "1", "x", "_CON.pdf"),
    ],
)
def test_documents_are_named_by_the_rule_of_the_office(
    rule: str, number: str, customer: str, name: str
) -> None:
    made = document_file_name(
        rule, kind="Invoice", number=number, customer=customer, day="2026-07-14", draft="draft"
    )
    assert made == name


def test_a_document_of_a_very_long_name_can_be_written(tmp_path: Path) -> None:
    made = document_file_name(
        "{kind} {number} {customer}", kind="Nota", number="1", customer="漢" * 500, day="2026-07-14"
    )
    (tmp_path / made).write_bytes(b"x")
    assert made.endswith(".pdf")
